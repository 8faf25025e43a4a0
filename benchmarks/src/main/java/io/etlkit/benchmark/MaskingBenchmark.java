package io.etlkit.benchmark;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Transform;
import io.etlkit.transform.mask.Keyset;
import io.etlkit.transform.mask.NewKeyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    /** Makes a keyset, which the step needs for a moment only. */
    @Setup(Level.Trial)
    public void createMask() throws IOException {
        Path folder = Files.createTempDirectory("etl-benchmark");
        Path file = folder.resolve("keys.json");
        try (NewKeyset keyset = Keyset.create("benchmark")) {
            keyset.writePlaintext(file);
            String[] parts = masking.split(" ");
            mask = InstalledTransforms.create(
                    "mask",
                    Map.of(
                            "keyset",
                            file.toString(),
                            "fields",
                            List.of(Map.of("method", parts[0], "path", parts[1], "type", parts[2]))));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
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
