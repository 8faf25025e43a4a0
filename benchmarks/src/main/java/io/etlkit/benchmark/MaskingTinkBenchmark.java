package io.etlkit.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** What Tink's deterministic AEAD (AES-SIV) needs for the text of one field, without a record around it; values a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MaskingTinkBenchmark {
    private static final byte[] DOMAIN = "device_id".getBytes(US_ASCII);

    private final String[] values = MaskedLogins.deviceIds().toArray(String[]::new);
    private final Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();

    @SuppressWarnings("NullAway.Init") // set by createCipher
    private DeterministicAead cipher;

    private int next;

    @Setup(Level.Trial)
    public void createCipher() throws GeneralSecurityException {
        DeterministicAeadConfig.register();
        cipher = KeysetHandle.generateNew(PredefinedDeterministicAeadParameters.AES256_SIV)
                .getPrimitive(RegistryConfiguration.get(), DeterministicAead.class);
    }

    @Benchmark
    public String deterministicAead() throws GeneralSecurityException {
        byte[] value = values[next++ & MaskedLogins.COUNT - 1].getBytes(UTF_8);
        return base64.encodeToString(cipher.encryptDeterministically(value, DOMAIN));
    }
}
