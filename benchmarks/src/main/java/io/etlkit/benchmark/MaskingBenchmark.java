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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Masking one field of a login: method, field, type; records a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MaskingBenchmark {
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

    private final EtlRecord[] records = MaskedLogins.records().toArray(EtlRecord[]::new);

    private Transform mask = record -> List.of(record);
    private int next;

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
        return mask.apply(records[next++ & MaskedLogins.COUNT - 1]);
    }
}
