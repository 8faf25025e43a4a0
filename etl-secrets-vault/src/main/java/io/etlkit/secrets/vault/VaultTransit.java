package io.etlkit.secrets.vault;

import io.etlkit.api.KeyWrapProvider;
import io.etlkit.api.StartupException;
import io.etlkit.api.WrappedKey;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Wraps keysets with a key of Vault's transit engine. The keyset's name is associated data, so that the key has to be of an
 * authenticated kind: {@code aes256-gcm96}, which is the engine's default, {@code aes128-gcm96} or {@code chacha20-poly1305}.
 */
public final class VaultTransit implements KeyWrapProvider {
    private static final String KEY = "key";
    private static final String MOUNT = "mount";

    /** A name out of a file must not lead to another path of the API. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");

    private static final Pattern PATH = Pattern.compile(NAME + "(/" + NAME + ")*");

    private final VaultClient vault;

    /** For {@link java.util.ServiceLoader}. */
    public VaultTransit() {
        this(VaultClient.ofProcess());
    }

    VaultTransit(VaultClient vault) {
        this.vault = vault;
    }

    @Override
    public String type() {
        return "vault-transit";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                KEY, "The transit key's name.",
                MOUNT, "Where the transit engine is mounted; transit when it is not said.");
    }

    @Override
    public WrappedKey wrap(byte[] key, String keyset, Map<String, String> settings) {
        ObjectValue body = body(keyset, "plaintext", Base64.getEncoder().encodeToString(key));
        String what = what(settings);
        String ciphertext = text(vault.post(path("encrypt", settings), body, what), "ciphertext", what);
        return new WrappedKey(ciphertext, new TreeMap<>(settings));
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, String keyset) {
        String what = what(wrapped.settings());
        ObjectValue body = body(keyset, "ciphertext", wrapped.ciphertext());
        String plaintext = text(vault.post(path("decrypt", wrapped.settings()), body, what), "plaintext", what);
        try {
            return Base64.getDecoder().decode(plaintext);
        } catch (IllegalArgumentException odd) {
            throw new StartupException("vault: " + what + ": what it decrypted is no key");
        }
    }

    private static ObjectValue body(String keyset, String field, String value) {
        String name = Base64.getEncoder().encodeToString(keyset.getBytes(StandardCharsets.UTF_8));
        return ObjectValue.builder()
                .put(field, Value.of(value))
                .put("associated_data", Value.of(name))
                .build();
    }

    private static String path(String operation, Map<String, String> settings) {
        return mount(settings) + "/" + operation + "/" + key(settings);
    }

    private static String what(Map<String, String> settings) {
        return "transit key " + mount(settings) + "/" + key(settings);
    }

    private static String key(Map<String, String> settings) {
        return Optional.ofNullable(settings.get(KEY))
                .filter(key -> NAME.matcher(key).matches())
                .orElseThrow(() -> new StartupException(
                        "vault: which transit key? its name is letters, digits, dots, dashes and underscores:"
                                + " --wrap-option key=NAME"));
    }

    private static String mount(Map<String, String> settings) {
        String mount = settings.getOrDefault(MOUNT, "transit");
        if (!PATH.matcher(mount).matches()) {
            throw new StartupException("vault: the transit engine's mount is no path: --wrap-option mount=PATH");
        }
        return mount;
    }

    private static String text(ObjectValue answer, String field, String what) {
        return answer.get(field)
                .filter(TextValue.class::isInstance)
                .map(value -> ((TextValue) value).value())
                .orElseThrow(() -> new StartupException("vault: " + what + ": the answer has no " + field));
    }
}
