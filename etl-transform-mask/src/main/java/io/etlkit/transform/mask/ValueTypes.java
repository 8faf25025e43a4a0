package io.etlkit.transform.mask;

import java.util.LinkedHashMap;
import java.util.Map;

/** The types of values by name. */
final class ValueTypes {
    private static final String LATER = "is not in this version of etlkit yet; there is text, ip";

    private static final Choice<ValueType> TYPES =
            new Choice<>("type", types(), Map.of("uuid", LATER, "number", LATER, "email", LATER));

    private ValueTypes() {}

    /** The type of a name, or an {@link IllegalArgumentException} that says what to take instead. */
    static ValueType find(String name) {
        return TYPES.find(name);
    }

    private static Map<String, ValueType> types() {
        Map<String, ValueType> types = new LinkedHashMap<>();
        types.put("text", new TextType());
        types.put("ip", new IpType());
        return types;
    }
}
