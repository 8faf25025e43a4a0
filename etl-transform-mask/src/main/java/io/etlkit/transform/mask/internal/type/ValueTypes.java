package io.etlkit.transform.mask.internal.type;

import java.util.LinkedHashMap;
import java.util.Map;

/** The types of values by name. */
public final class ValueTypes {
    private static final NamedOptions<ValueType> TYPES = new NamedOptions<>("type", types(), Map.of());

    private ValueTypes() {}

    /** The type of a name, or an {@link IllegalArgumentException} that says what to take instead. */
    public static ValueType find(String name) {
        return TYPES.find(name);
    }

    private static Map<String, ValueType> types() {
        Map<String, ValueType> types = new LinkedHashMap<>();
        types.put("text", new TextType());
        types.put("ip", new IpType());
        types.put("uuid", new UuidType());
        types.put("number", new NumberType());
        types.put("email", new EmailType());
        return types;
    }
}
