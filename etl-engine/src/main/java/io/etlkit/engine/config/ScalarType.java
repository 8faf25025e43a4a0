package io.etlkit.engine.config;

import java.util.regex.Pattern;

/** What YAML 1.2's core schema takes an unquoted scalar for, leaving out octal, hexadecimal and infinite numbers. */
public enum ScalarType {
    /** Nothing. */
    NULL,
    /** True or false. */
    BOOLEAN,
    /** A whole number. */
    INTEGER,
    /** A number with a fraction or an exponent. */
    DECIMAL,
    /** Anything else. */
    TEXT;

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,9})?");

    /** The type of an unquoted scalar. */
    public static ScalarType of(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> NULL;
            case "true", "True", "TRUE", "false", "False", "FALSE" -> BOOLEAN;
            default -> number(text);
        };
    }

    private static ScalarType number(String text) {
        if (WHOLE.matcher(text).matches()) {
            return INTEGER;
        }
        return NUMBER.matcher(text).matches() ? DECIMAL : TEXT;
    }
}
