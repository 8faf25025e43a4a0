package io.etlkit.transform.mask;

import io.etlkit.api.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The masking methods by name. */
final class MaskingMethods {
    private static final String LATER = "is not in this version of etlkit yet; there is hmac, aes-gcm, redact, nullify";
    private static final String UNKEYED =
            "is a hash without a key, and there is none on purpose: whoever holds the table"
                    + " could try all values (all of IPv4 takes minutes); take hmac, which needs a key to try them";

    private static final Choice<MaskingMethod> METHODS = new Choice<>("method", methods(), refused());

    private MaskingMethods() {}

    /** The method of a name, or an {@link IllegalArgumentException} that says what to take instead. */
    static MaskingMethod find(String name) {
        return METHODS.find(name);
    }

    private static Map<String, MaskingMethod> methods() {
        Map<String, MaskingMethod> methods = new LinkedHashMap<>();
        methods.put("hmac", new TokenMethod(false));
        methods.put("aes-gcm", new TokenMethod(true));
        methods.put("redact", keyless(field -> {
            Value text = Value.of(field.text().orElse("[redacted]"));
            return value -> text;
        }));
        methods.put("nullify", keyless(field -> value -> Value.ofNull()));
        return methods;
    }

    private static Map<String, String> refused() {
        Map<String, String> refused = new LinkedHashMap<>();
        for (String later : new String[] {"aesgcmsiv", "aesgcmrandom", "ipprefix", "partial"}) {
            refused.put(later, LATER);
        }
        for (String unkeyed : new String[] {"sha", "sha1", "sha256", "sha384", "sha512", "sha3256", "md5", "hash"}) {
            refused.put(unkeyed, UNKEYED);
        }
        return refused;
    }

    private static MaskingMethod keyless(Keyless maskers) {
        return maskers;
    }

    /** A method that needs no keys. */
    @FunctionalInterface
    private interface Keyless extends MaskingMethod {
        ValueMasker masker(MaskField field);

        @Override
        default boolean needsKeys() {
            return false;
        }

        @Override
        default ValueMasker masker(MaskField field, Optional<Keyset> keyset) {
            return masker(field);
        }
    }
}
