package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** Reads the fields of a keyset file; a field of the wrong kind is as good as none. */
final class JsonFields {
    private JsonFields() {}

    static Optional<String> text(ObjectValue object, String field) {
        return object.get(field).filter(TextValue.class::isInstance).map(value -> ((TextValue) value).value());
    }

    /** So many bytes in base64url. */
    static Optional<byte[]> bytes(ObjectValue object, String field, int length) {
        return text(object, field).flatMap(Base64Url::decode).filter(bytes -> bytes.length == length);
    }

    /** A whole number that an {@code int} can hold. */
    static Optional<Integer> whole(ObjectValue object, String field) {
        return object.get(field)
                .filter(NumberValue.class::isInstance)
                .map(value -> ((NumberValue) value).value())
                .filter(number -> number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                        && (number.signum() == 0 || number.stripTrailingZeros().scale() <= 0))
                .map(BigDecimal::intValue);
    }

    static void refuseOthers(ObjectValue object, Set<String> known, String origin) {
        if (!known.containsAll(object.names())) {
            throw KeysetJson.broken(origin, "it has fields that this version of etlkit does not know");
        }
    }
}
