package io.etlkit.expression.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.BytesValue;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NullValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.TimestampValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A record's values as CEL's, and CEL's results as values. */
final class CelValues {
    private static final BigInteger SMALLEST_INT = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LARGEST_INT = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int DIGITS_OF_A_LONG = 19;

    private CelValues() {}

    static Object toCel(Value value) {
        return switch (value.kind()) {
            case NULL -> dev.cel.common.values.NullValue.NULL_VALUE;
            case BOOLEAN -> ((BooleanValue) value).value();
            case NUMBER -> number(((NumberValue) value).value());
            case TEXT -> ((TextValue) value).value();
            case TIMESTAMP -> ((TimestampValue) value).value();
            case BYTES -> CelByteString.of(((BytesValue) value).value());
            case LIST -> new ElementsView((ListValue) value);
            case OBJECT -> new FieldsView(((ObjectValue) value).fields());
        };
    }

    /** A whole number that fits becomes an int. What is written with a fraction stays a double, 2.0 too: by form, not value. */
    private static Object number(BigDecimal number) {
        if (number.scale() > 0 || number.precision() - (long) number.scale() > DIGITS_OF_A_LONG) {
            return number.doubleValue();
        }
        BigInteger whole = number.toBigInteger();
        boolean fits = whole.compareTo(SMALLEST_INT) >= 0 && whole.compareTo(LARGEST_INT) <= 0;
        return fits ? (Object) whole.longValue() : (Object) number.doubleValue();
    }

    /** The result as a value; empty when it is of a kind that a record can not hold. */
    static Optional<Value> fromCel(Object result) {
        if (result instanceof String text) {
            return Optional.of(Value.of(text));
        }
        if (result instanceof Boolean bool) {
            return Optional.of(Value.of(bool));
        }
        if (result instanceof Long number) {
            return Optional.of(Value.of(number));
        }
        if (result instanceof Double number) {
            return Double.isFinite(number) ? Optional.of(Value.of(BigDecimal.valueOf(number))) : Optional.empty();
        }
        if (result instanceof UnsignedLong number) {
            return Optional.of(Value.of(new BigDecimal(number.bigIntegerValue())));
        }
        if (result instanceof Instant instant) {
            return Optional.of(Value.of(instant));
        }
        if (result instanceof Duration duration) {
            return Optional.of(Value.of(seconds(duration)));
        }
        if (result instanceof CelByteString bytes) {
            return Optional.of(Value.of(bytes.toByteArray()));
        }
        if (result instanceof dev.cel.common.values.NullValue) {
            return Optional.of(NullValue.INSTANCE);
        }
        return container(result);
    }

    private static Optional<Value> container(Object result) {
        if (result instanceof FieldsView view) {
            return Optional.of(Value.of(view.fields()));
        }
        if (result instanceof ElementsView view) {
            return Optional.of(view.list());
        }
        if (result instanceof Map<?, ?> map) {
            return object(map);
        }
        return result instanceof List<?> list ? list(list) : Optional.empty();
    }

    private static Optional<Value> object(Map<?, ?> map) {
        ObjectValue.Builder object = ObjectValue.builder();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Optional<Value> value = fromCel(entry.getValue());
            if (value.isEmpty() || !(entry.getKey() instanceof String name)) {
                return Optional.empty();
            }
            object.put(name, value.get());
        }
        return Optional.of(object.build());
    }

    private static Optional<Value> list(List<?> list) {
        List<Value> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            Optional<Value> value = fromCel(element);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            elements.add(value.get());
        }
        return Optional.of(new ListValue(elements));
    }

    /** As CEL's {@code string(duration)} writes it: {@code 5400s}, {@code 0.25s}. */
    private static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        return (seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString()) + "s";
    }
}
