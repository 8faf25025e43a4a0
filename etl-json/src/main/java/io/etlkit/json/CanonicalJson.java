package io.etlkit.json;

import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NullValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;

/**
 * JSON in the one spelling of RFC 8785, to be authenticated or hashed. Of numbers it takes whole ones of up to 2^53 only,
 * for no other is in the files that it serves.
 */
public final class CanonicalJson {
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(53);

    private CanonicalJson() {}

    /**
     * The value's canonical text, in UTF-8.
     *
     * @throws IllegalArgumentException when it holds what has no canonical form here
     */
    public static byte[] bytes(Value value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The value's canonical text. */
    public static String text(Value value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Value value, StringBuilder out) {
        if (value instanceof ObjectValue object) {
            writeObject(object, out);
        } else if (value instanceof ListValue list) {
            String separator = "[";
            for (Value element : list.values()) {
                out.append(separator);
                write(element, out);
                separator = ",";
            }
            out.append(list.values().isEmpty() ? "[]" : "]");
        } else if (value instanceof TextValue text) {
            writeText(text.value(), out);
        } else if (value instanceof NumberValue number) {
            out.append(wholeNumber(number.value()));
        } else if (value instanceof BooleanValue) {
            out.append(value == BooleanValue.TRUE);
        } else if (value instanceof NullValue) {
            out.append("null");
        } else {
            throw new IllegalArgumentException("no JSON value: " + value.kind().label());
        }
    }

    /** Fields are sorted by their names' UTF-16 code units, as Java compares texts. */
    private static void writeObject(ObjectValue object, StringBuilder out) {
        String separator = "{";
        for (var field : new TreeMap<>(object.fields()).entrySet()) {
            out.append(separator);
            writeText(field.getKey(), out);
            out.append(':');
            write(field.getValue(), out);
            separator = ",";
        }
        out.append(object.size() == 0 ? "{}" : "}");
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> writeCodePoint(c, out);
            }
        });
        out.append('"');
    }

    private static void writeCodePoint(int c, StringBuilder out) {
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw new IllegalArgumentException("a lone surrogate has no canonical form");
        }
        if (c < 0x20) {
            out.append(String.format(Locale.ROOT, "\\u%04x", c));
        } else {
            out.appendCodePoint(c);
        }
    }

    private static String wholeNumber(BigDecimal number) {
        boolean small = number.signum() == 0 || number.precision() - (long) number.scale() <= 17;
        if (!small || number.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("only whole numbers up to 2^53 have a canonical form here");
        }
        BigInteger whole = number.toBigIntegerExact();
        if (whole.abs().compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("only whole numbers up to 2^53 have a canonical form here");
        }
        return whole.toString();
    }
}
