package io.etlkit.benchmark;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import io.etlkit.api.value.Value;
import io.etlkit.stub.sqs.UserLoginMessages;
import io.etlkit.testkit.TestRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steps of the user-logins pipeline but for masking, on one decoded login. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChainBenchmark {
    private static final int MESSAGES = 1 << 12;

    private final EtlRecord[] records = IntStream.range(0, MESSAGES)
            .mapToObj(number -> TestRecords.json("message-" + number, new UserLoginMessages(1, MESSAGES).text(number))
                    .withHeader("sentAt", Value.of(Instant.ofEpochSecond(1_795_000_000L + number))))
            .toArray(EtlRecord[]::new);
    private final Transform require =
            InstalledTransforms.create("require", Map.of("fields", List.of("user_id", "device_id", "ip")));
    private final Transform compute =
            InstalledTransforms.create("compute", Map.of("fields", Map.of("create_date", "date(headers.sentAt)")));
    private final Transform select = InstalledTransforms.create(
            "select",
            Map.of(
                    "fields",
                    List.of("user_id", "device_type", "ip", "device_id", "locale", "app_version", "create_date")));
    private int next;

    @Benchmark
    public List<EtlRecord> require() {
        return require.apply(record());
    }

    @Benchmark
    public List<EtlRecord> compute() {
        return compute.apply(record());
    }

    @Benchmark
    public List<EtlRecord> select() {
        return select.apply(record());
    }

    @Benchmark
    public List<EtlRecord> all() {
        EtlRecord required = require.apply(record()).get(0);
        return select.apply(compute.apply(required).get(0));
    }

    private EtlRecord record() {
        return records[next++ & MESSAGES - 1];
    }
}
