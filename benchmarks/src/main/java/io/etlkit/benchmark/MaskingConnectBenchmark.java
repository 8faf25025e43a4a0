package io.etlkit.benchmark;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.MaskField;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Kafka Connect's {@code MaskField}, which writes a fixed text: the peer of {@code redact}; records a second. */
public class MaskingConnectBenchmark extends MaskedLogins {
    private final SinkRecord[] records =
            records().stream().map(MaskingConnectBenchmark::schemaless).toArray(SinkRecord[]::new);
    private final MaskField<SinkRecord> mask = new MaskField.Value<>();

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
        return mask.apply(records[next()]);
    }
}
