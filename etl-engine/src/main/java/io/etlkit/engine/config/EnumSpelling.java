package io.etlkit.engine.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How an enum's constants are written in a pipeline file: with dashes or in camelCase. Shown is what the constant's {@code
 * toString} says where the enum has one of its own, else the one with dashes.
 */
final class EnumSpelling {
    private EnumSpelling() {}

    static List<String> all(Class<?> type) {
        List<String> spellings = new ArrayList<>();
        for (Object constant : constants(type)) {
            spellings.add(shown((Enum<?>) constant));
        }
        return spellings;
    }

    /** Every spelling that a file may have. */
    static List<String> accepted(Class<?> type) {
        Set<String> spellings = new LinkedHashSet<>();
        for (Object constant : constants(type)) {
            Enum<?> each = (Enum<?>) constant;
            spellings.addAll(List.of(shown(each), dashed(each), camel(each)));
        }
        return List.copyOf(spellings);
    }

    static Optional<Object> find(Class<?> type, String text) {
        for (Object constant : constants(type)) {
            Enum<?> each = (Enum<?>) constant;
            if (text.equals(shown(each)) || text.equals(dashed(each)) || text.equals(camel(each))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    static String shown(Enum<?> constant) {
        String own = constant.toString();
        return own.equals(constant.name()) ? dashed(constant) : own;
    }

    private static String dashed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String camel(Enum<?> constant) {
        StringBuilder camel = new StringBuilder();
        for (String word : constant.name().split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (camel.isEmpty() || lower.isEmpty()) {
                camel.append(lower);
            } else {
                camel.append(Character.toUpperCase(lower.charAt(0))).append(lower.substring(1));
            }
        }
        return camel.toString();
    }

    private static Object[] constants(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return constants == null ? new Object[0] : constants;
    }
}
