package io.etlkit.config.processor;

import io.etlkit.api.config.DurationText;
import io.etlkit.api.config.OptionLimits;
import io.etlkit.api.config.Secret;
import io.etlkit.api.value.FieldPath;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a default, as {@code @Option} spells it, into a Java expression. */
final class DefaultExpression {
    private final OptionLimits limits;

    DefaultExpression(OptionLimits limits) {
        this.limits = limits;
    }

    /**
     * The expression.
     *
     * @throws IllegalArgumentException when the text is not a value of the type, or outside the limits
     */
    String of(String text, OptionType type) {
        if (type.is(Optional.class)) {
            return "java.util.Optional.of(" + of(text, type.held()) + ")";
        } else if (type.is(List.class)) {
            return "java.util.List.of("
                    + elements(text).map(each -> of(each, type.held())).collect(Collectors.joining(", ")) + ")";
        } else if (type.is(Map.class) && text.equals("{}")) {
            return "java.util.Map.of()";
        } else if (type.isRecord() && text.equals("{}")) {
            return type.boxed() + ".builder().build()";
        } else if (type.isEnum()) {
            return constant(text, type);
        } else if (type.isNumber()) {
            return number(text, type);
        }
        return scalar(text, type);
    }

    private String scalar(String text, OptionType type) {
        String quoted = quoted(text);
        if (type.is(String.class)) {
            return quoted;
        } else if (type.is(Boolean.class) && (text.equals("true") || text.equals("false"))) {
            return text;
        } else if (type.is(Secret.class)) {
            return "io.etlkit.api.config.Secret.of(" + quoted + ")";
        } else if (type.is(Duration.class)) {
            requireWithin(DurationText.parse(text), text);
            return "io.etlkit.api.config.DurationText.parse(" + quoted + ")";
        } else if (type.is(FieldPath.class)) {
            FieldPath.parse(text);
            return "io.etlkit.api.value.FieldPath.parse(" + quoted + ")";
        } else if (type.is(URI.class)) {
            URI.create(text);
            return "java.net.URI.create(" + quoted + ")";
        } else if (type.is(Path.class)) {
            return "java.nio.file.Path.of(" + quoted + ")";
        }
        throw new IllegalArgumentException(quoted + " is no value of " + type.unboxed());
    }

    private String number(String text, OptionType type) {
        try {
            BigDecimal number = new BigDecimal(text);
            requireWithin(number, text);
            if (type.is(BigDecimal.class)) {
                return "new java.math.BigDecimal(" + quoted(text) + ")";
            } else if (type.is(Integer.class)) {
                return Integer.toString(number.intValueExact());
            } else if (type.is(Long.class)) {
                return number.longValueExact() + "L";
            }
            return number.doubleValue() + "d";
        } catch (ArithmeticException | NumberFormatException wrong) {
            throw new IllegalArgumentException(quoted(text) + " is no value of " + type.unboxed(), wrong);
        }
    }

    private void requireWithin(Object value, String text) {
        if (!limits.allow(value)) {
            throw new IllegalArgumentException(text + " is not " + limits);
        }
    }

    private static String constant(String text, OptionType type) {
        return type.constants().stream()
                .filter(constant -> plain(constant).equals(plain(text)))
                .findFirst()
                .map(constant -> type.boxed() + "." + constant)
                .orElseThrow(() -> new IllegalArgumentException(quoted(text) + " is none of " + type.constants()));
    }

    /** {@code AES_GCM}, {@code aes-gcm} and {@code aesGcm} are one constant. */
    private static String plain(String constant) {
        return constant.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
    }

    /** The scalars of a list in YAML's flow style. */
    private static Stream<String> elements(String text) {
        if (!text.startsWith("[") || !text.endsWith("]") || text.indexOf('[', 1) > 0 || text.contains("{")) {
            throw new IllegalArgumentException("must be a list of single values, such as [a, b]");
        }
        String inner = text.substring(1, text.length() - 1).strip();
        return inner.isEmpty()
                ? Stream.of()
                : Stream.of(inner.split("\\s*,\\s*", -1)).map(DefaultExpression::unquoted);
    }

    private static String unquoted(String element) {
        return element.length() > 1 && (element.startsWith("'") || element.startsWith("\""))
                ? element.substring(1, element.length() - 1)
                : element;
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
