package io.etlkit.engine.internal.pii;

import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.TimestampValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The personal values of one record, as text, and how to find them again. Used by one thread. */
public final class PersonalValues {
    /** From this length on a value must not even be part of another; shorter ones occur by chance. */
    private static final int SHORTEST_PART = 7;

    /** Beyond it a number is compared in scientific notation: {@code 1e999999999} written out would not fit in memory. */
    private static final int MOST_DIGITS = 100;

    private static final PersonalValues NONE = new PersonalValues();

    private final List<String> values = new ArrayList<>(2);

    static PersonalValues none() {
        return NONE;
    }

    /** Takes in a value, or all that are inside it. */
    void add(Value value) {
        if (value instanceof ListValue list) {
            list.values().forEach(this::add);
        } else if (value instanceof ObjectValue object) {
            object.forEach((name, child) -> add(child));
        } else {
            String text = text(value);
            if (text != null && !text.isEmpty()) {
                values.add(text);
            }
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether a value, or anything inside it, the names of fields included, is or holds a personal value. */
    boolean isIn(Value value) {
        if (value instanceof ObjectValue object) {
            for (var field : object.fields().entrySet()) {
                if (isIn(field.getKey()) || isIn(field.getValue())) {
                    return true;
                }
            }
            return false;
        }
        if (value instanceof ListValue list) {
            for (Value element : list.values()) {
                if (isIn(element)) {
                    return true;
                }
            }
            return false;
        }
        String text = text(value);
        return text != null && isIn(text);
    }

    /** Whether a text is or holds a personal value. */
    boolean isIn(String text) {
        for (int i = 0; i < values.size(); i++) {
            String personal = values.get(i);
            if (text.equals(personal)
                    || (personal.length() >= SHORTEST_PART
                            && text.length() > personal.length()
                            && text.contains(personal))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a sentence quotes a personal value, in whichever case: one of 7 characters or more anywhere, a shorter one as a
     * word of its own.
     */
    boolean isQuotedIn(String sentence) {
        String lower = sentence.toLowerCase(Locale.ROOT);
        for (String personal : values) {
            String sought = personal.toLowerCase(Locale.ROOT);
            for (int at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + 1)) {
                if (personal.length() >= SHORTEST_PART || isWord(lower, at, at + sought.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isWord(String text, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
                && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
    }

    /** Null and booleans are nobody's in particular; bytes are compared by no one. */
    private static @Nullable String text(Value value) {
        if (value instanceof TextValue text) {
            return text.value();
        }
        if (value instanceof NumberValue number) {
            return text(number.value());
        }
        return value instanceof TimestampValue timestamp ? timestamp.value().toString() : null;
    }

    private static String text(BigDecimal number) {
        return Math.abs((long) number.scale()) + number.precision() <= MOST_DIGITS
                ? number.stripTrailingZeros().toPlainString()
                : number.toString();
    }
}
