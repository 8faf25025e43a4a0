package io.etlkit.stub.sqs;

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
 * The stub in its own process, so that its cost and its client's can be measured apart:
 *
 * <pre>{@code
 * java -cp ... io.etlkit.stub.sqs.StubSqsMain QUEUE MESSAGES [VISIBILITY_SECONDS [SEED [PORT]]]
 * }</pre>
 *
 * <p>It makes the messages, warms itself up on a queue of its own, and prints a line of JSON with its endpoint. Then it reads
 * commands, one a line, and answers each with one line of JSON. It ends when its standard input does.
 *
 * <table>
 *   <caption>Commands</caption>
 *   <tr><td>{@code books}, or an empty line</td><td>only answers</td></tr>
 *   <tr><td>{@code send N}</td><td>sends N more messages, each with its own user: the texts are those of {@code new
 *       UserLoginMessages(SEED, 100000).textOfOwnUser(n)}, with n from 0 on through all sends</td></tr>
 *   <tr><td>{@code fault NAME [ACTION [PROBABILITY]]}</td><td>adds a fault to those there are; by default
 *       {@code any} action, with probability 1</td></tr>
 *   <tr><td>{@code fault none}</td><td>removes all faults</td></tr>
 * </table>
 *
 * <p>Actions are {@code any}, {@code receive}, {@code delete}, {@code visibility}, {@code send} and {@code ask} (the queue's
 * URL and attributes). A call has at most one fault, so the probabilities for an action add up to at most 1. Which calls
 * fail depends only on SEED and the number of the call.
 *
 * <table>
 *   <caption>Faults</caption>
 *   <tr><td>{@code throttle}, {@code request-throttled}, {@code 500}, {@code 503}, {@code expired}, {@code denied}, {@code
 *       no-queue}</td><td>refused, with the error that AWS has for it</td></tr>
 *   <tr><td>{@code late}</td><td>carried out, answered after 2 s</td></tr>
 *   <tr><td>{@code silent}, {@code silent-done}</td><td>never answered; the second one is carried out</td></tr>
 *   <tr><td>{@code hang-up}, {@code lost}</td><td>closed in place of an answer; the second one is carried out</td></tr>
 *   <tr><td>{@code cut}, {@code cut-short}</td><td>carried out; half of the answer's body, with its true length, or with the
 *       whole length and a closed connection</td></tr>
 *   <tr><td>{@code md5}</td><td>a receive returns a wrong MD5</td></tr>
 *   <tr><td>{@code half-fail}, {@code half-refuse}, {@code half-stale}</td><td>every second entry of a batch fails: by the
 *       server's fault, by the sender's, because of its receipt</td></tr>
 * </table>
 *
 * <p>The answer holds the books, times in milliseconds since 1970, and the requests and the CPU time since it was ready; or,
 * for a line that is none of these, {@code {"error": "..."}}.
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
            StubCommands commands = new StubCommands(server, queue, seed);
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                long cpu = cpuNanos() - idleCpu;
                try {
                    commands.carryOut(line);
                    output.println(line(server.books(queue), server.requests() - idleRequests, cpu));
                } catch (IllegalArgumentException unknown) {
                    output.println(JsonWriter.write(
                            Value.of(Map.of("error", Value.of(String.valueOf(unknown.getMessage()))))));
                }
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
