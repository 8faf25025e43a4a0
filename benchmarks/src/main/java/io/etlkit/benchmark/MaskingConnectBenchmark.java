package io.etlkit.benchmark;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.MaskField;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Kafka Connect's {@code MaskField}, which writes a fixed text: the peer of {@code redact}; records a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MaskingConnectBenchmark {
    private final SinkRecord[] records =
            MaskedLogins.records().stream().map(MaskingConnectBenchmark::schemaless).toArray(SinkRecord[]::new);
    private final MaskField<SinkRecord> mask = new MaskField.Value<>();
    private int next;

    private static SinkRecord schemaless(EtlRecord login) {
        Map<String, Object> body = new LinkedHashMap<>();
        ((ObjectValue) login.body())
                .forEach((name, value) -> body.put(name, value instanceof TextValue text ? text.value() : value));
        return new SinkRecord("logins", 0, null, null, null, body, 0);
    }

    @Setup(Level.Trial)
    public void configureMask() {
        mask.configure(Map.of("fields", "ip", "replacement", "[redacted]"));
    }

    @TearDown(Level.Trial)
    public void closeMask() {
        mask.close();
    }

    @Benchmark
    public SinkRecord maskField() {
        return mask.apply(records[next++ & MaskedLogins.COUNT - 1]);
    }
}
