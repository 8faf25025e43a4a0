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
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** What Tink's deterministic AEAD (AES-SIV) needs for the text of one field, without a record around it; values a second. */
public class MaskingTinkBenchmark extends MaskedLogins {
    private static final byte[] DOMAIN = "device_id".getBytes(US_ASCII);

    private final String[] values = deviceIds().toArray(String[]::new);
    private final Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();

    @SuppressWarnings("NullAway.Init") // set by createCipher
    private DeterministicAead cipher;

    @Setup(Level.Trial)
    public void createCipher() throws GeneralSecurityException {
        DeterministicAeadConfig.register();
        cipher = KeysetHandle.generateNew(PredefinedDeterministicAeadParameters.AES256_SIV)
                .getPrimitive(RegistryConfiguration.get(), DeterministicAead.class);
    }

    @Benchmark
    public String deterministicAead() throws GeneralSecurityException {
        byte[] value = values[next()].getBytes(UTF_8);
        return base64.encodeToString(cipher.encryptDeterministically(value, DOMAIN));
    }
}
