package io.etlkit.benchmark;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Masking one field of a login: method, field, type; records a second. */
public class MaskingBenchmark extends MaskedLogins {
    @Param({
        "hmac device_id text",
        "hmac ip ip",
        "aes-gcm device_id text",
        "aes-gcm ip ip",
        "aes-gcm-siv ip ip",
        "aes-gcm-random ip ip",
        "ip-prefix ip ip",
        "partial device_id text",
        "redact ip text",
        "nullify ip text"
    })
    @SuppressWarnings("NullAway.Init") // set by JMH
    private String masking;

    private final EtlRecord[] records = records().toArray(EtlRecord[]::new);

    private Transform mask = record -> List.of(record);

    @Setup(Level.Trial)
    public void createMask() throws IOException {
        String[] parts = masking.split(" ");
        mask = MaskSteps.create(parts[0], parts[1], parts[2]);
    }

    @TearDown(Level.Trial)
    public void closeMask() {
        mask.close();
    }

    @Benchmark
    public List<EtlRecord> mask() {
        return mask.apply(records[next()]);
    }
}
