package io.etlkit.transform.mask.internal.method;

import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.TokenKind;
import io.etlkit.transform.mask.internal.type.NamedOptions;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The masking methods by name. */
public final class MaskingMethods {
    private static final String UNKEYED =
            "is a hash without a key, and there is none on purpose: whoever holds the table"
                    + " could try all values (of IPv4 there are few enough); take hmac, which needs a key to try them";

    private static final Map<String, MaskingMethod> BY_NAME = methods();
    private static final NamedOptions<MaskingMethod> METHODS = new NamedOptions<>("method", BY_NAME, refused());

    private MaskingMethods() {}

    /** The method of a name, or an {@link IllegalArgumentException} that says what to take instead. */
    public static MaskingMethod find(String name) {
        return METHODS.find(name);
    }

    /** The names of the methods that use an option, for a message. */
    public static String using(MethodOption option) {
        return BY_NAME.entrySet().stream()
                .filter(method -> method.getValue().options().contains(option))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static Map<String, MaskingMethod> methods() {
        Map<String, MaskingMethod> methods = new LinkedHashMap<>();
        for (TokenKind kind : TokenKind.values()) {
            methods.put(kind.method(), new TokenMethod(kind));
        }
        methods.put("ip-prefix", new IpPrefixMethod());
        methods.put("partial", new PartialMethod());
        methods.put("redact", blind(EnumSet.of(MethodOption.TEXT), MaskField::redaction));
        methods.put("nullify", blind(EnumSet.noneOf(MethodOption.class), field -> Value.ofNull()));
        return methods;
    }

    private static Map<String, String> refused() {
        Map<String, String> refused = new LinkedHashMap<>();
        for (String unkeyed : new String[] {"sha", "sha1", "sha256", "sha384", "sha512", "sha3256", "md5", "hash"}) {
            refused.put(unkeyed, UNKEYED);
        }
        return refused;
    }

    /** A method that does not look at the value. */
    private static MaskingMethod blind(Set<MethodOption> options, Constant constant) {
        return new MaskingMethod() {
            @Override
            public boolean needsKeys() {
                return false;
            }

            @Override
            public Set<MethodOption> options() {
                return options;
            }

            @Override
            public ValueMasker masker(MaskField field, Optional<Keyset> keyset) {
                Value written = constant.of(field);
                return value -> written;
            }
        };
    }

    @FunctionalInterface
    private interface Constant {
        Value of(MaskField field);
    }
}
