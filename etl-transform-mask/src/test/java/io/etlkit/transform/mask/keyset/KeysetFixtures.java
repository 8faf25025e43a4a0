package io.etlkit.transform.mask.keyset;

import io.etlkit.api.KeyWrapProvider;
import io.etlkit.api.StartupException;
import io.etlkit.api.WrappedKey;
import io.etlkit.api.config.Secret;
import io.etlkit.api.config.SecretProviderFactory;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.keyset.KeyGenerator;
import io.etlkit.transform.mask.internal.keyset.KeysetContents;
import io.etlkit.transform.mask.internal.keyset.KeysetReader;
import io.etlkit.transform.mask.internal.keyset.KeysetWraps;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keysets, and a key management service that is none. */
public final class KeysetFixtures {
    public static final String PASSPHRASE = "correct horse battery staple";

    /** Knows no passphrase and no key management service. */
    public static final KeysetWraps WRAPS = new KeysetWraps(
            keyset -> {
                throw new StartupException("keyset " + keyset + ": there is no passphrase");
            },
            List.of());

    private KeysetFixtures() {}

    public static Keyset read(String text, String origin) {
        KeysetContents contents = KeysetReader.read(text, origin, WRAPS);
        contents.wipeDek();
        return contents.keyset();
    }

    public static PassphraseSource passphrase(String text) {
        return keyset -> text.toCharArray();
    }

    public static KeysetWraps wraps(KeyWrapProvider provider) {
        return new KeysetWraps(passphrase(PASSPHRASE), List.of(provider));
    }

    public static KeysetEditor edit(Path file) {
        return KeysetEditor.open(file, WRAPS, new KeyGenerator(new SecureRandom()));
    }

    public static SecretProviderFactory secrets(String name, String secret) {
        return new SecretProviderFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String summary() {
                return "Secrets of a test.";
            }

            @Override
            public Secret resolve(String reference) {
                if (reference.equals("denied")) {
                    throw new StartupException(name + ": access denied");
                }
                return Secret.of(secret);
            }
        };
    }

    /** Wraps by flipping bits, for the keyset's name and the setting {@code key} only. */
    public static final class FlippingService implements KeyWrapProvider {
        @Override
        public String type() {
            return "flip";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("key", "The mask to flip by.");
        }

        @Override
        public WrappedKey wrap(byte[] key, String keyset, Map<String, String> settings) {
            if (!settings.containsKey("key")) {
                throw new StartupException("the setting key is missing");
            }
            return new WrappedKey(
                    Base64Url.encode(flipped(key, keyset)), Map.of("key", settings.get("key") + "/version-1"));
        }

        @Override
        public byte[] unwrap(WrappedKey wrapped, String keyset) {
            if (!"k/version-1".equals(wrapped.settings().get("key"))) {
                throw new StartupException("there is no such key");
            }
            return flipped(Base64Url.decode(wrapped.ciphertext()).orElseGet(() -> new byte[0]), keyset);
        }

        private static byte[] flipped(byte[] key, String keyset) {
            byte[] flipped = Arrays.copyOf(key, key.length);
            for (int i = 0; i < flipped.length; i++) {
                flipped[i] ^= (byte) (0x5A + keyset.hashCode());
            }
            return flipped;
        }
    }
}
