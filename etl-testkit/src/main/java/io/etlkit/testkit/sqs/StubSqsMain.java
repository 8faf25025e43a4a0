package io.etlkit.testkit.sqs;

import com.sun.management.OperatingSystemMXBean;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The stub as a process of its own, so that what it costs can be told from what its client costs:
 *
 * <pre>{@code
 * java -cp ... io.etlkit.testkit.sqs.StubSqsMain QUEUE MESSAGES [VISIBILITY_SECONDS [SEED [PORT]]]
 * }</pre>
 *
 * <p>It makes the messages, warms itself up on a queue of its own, and prints a line of JSON with its endpoint. For each line
 * on standard input it prints one with the books, times in milliseconds since 1970, and the CPU time that it used since it
 * was ready. It ends when its standard input does.
 */
final class StubSqsMain {
    private static final int WARM_UP_MESSAGES = 100_000;
    private static final String WARM_UP_QUEUE = "warm-up";

    private StubSqsMain() {}

    public static void main(String[] arguments) throws IOException {
        String queue = arguments[0];
        int messages = Integer.parseInt(arguments[1]);
        Duration visibility = Duration.ofSeconds(argument(arguments, 2, 120));
        long seed = argument(arguments, 3, 1);
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (StubSqsServer server = StubSqsServer.builder()
                .port((int) argument(arguments, 4, 0))
                .queue(queue, visibility, new UserLoginMessages(seed, messages), messages)
                .queue(WARM_UP_QUEUE, visibility, new UserLoginMessages(seed, WARM_UP_MESSAGES), WARM_UP_MESSAGES)
                .start()) {
            StubWarmUp.drain(server.endpoint().getPort(), server.queueUrl(WARM_UP_QUEUE));
            long idleCpu = cpuNanos();
            long idleRequests = server.requests();
            output.println(JsonWriter.write(Value.of(Map.of(
                    "endpoint", Value.of(server.endpoint().toString()),
                    "queueUrl", Value.of(server.queueUrl(queue))))));
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (input.readLine() != null) {
                long cpu = cpuNanos() - idleCpu;
                output.println(line(server.books(queue), server.requests() - idleRequests, cpu));
            }
        }
    }

    private static long argument(String[] arguments, int position, long absent) {
        return position < arguments.length ? Long.parseLong(arguments[position]) : absent;
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static String line(QueueBooks books, long requests, long cpuNanos) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("sent", Value.of(books.sent()));
        fields.put("received", Value.of(books.received()));
        fields.put("redelivered", Value.of(books.redelivered()));
        fields.put("deleted", Value.of(books.deleted()));
        fields.put("doubleDeletes", Value.of(books.doubleDeletes()));
        fields.put("staleDeletes", Value.of(books.staleDeletes()));
        fields.put("released", Value.of(books.released()));
        fields.put("extended", Value.of(books.extended()));
        fields.put("expired", Value.of(books.expired()));
        fields.put("visible", Value.of(books.visible()));
        fields.put("inFlight", Value.of(books.inFlight()));
        fields.put("firstReceive", millis(books.firstReceive()));
        fields.put("lastDelete", millis(books.lastDelete()));
        fields.put("requests", Value.of(requests));
        fields.put("cpuMicros", Value.of(TimeUnit.NANOSECONDS.toMicros(cpuNanos)));
        return JsonWriter.write(Value.of(fields));
    }

    private static Value millis(Optional<Instant> time) {
        return time.map(instant -> Value.of(instant.toEpochMilli())).orElse(Value.ofNull());
    }
}
