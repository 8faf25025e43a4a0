package io.etlkit.api;

import io.etlkit.api.value.FieldPath;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a record can never succeed as it is.
 *
 * @param reason a code in lower snake case that operators group by: {@code malformed_json}, {@code missing_field}, ...
 * @param field the field at fault, where one is; its name, never its value
 * @param message one sentence for people, with no value of the record in it
 */
public record Rejection(String reason, Optional<FieldPath> field, String message) {
    /** Checks the reason's form. */
    public Rejection {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(message, "message");
        if (!reason.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("a reason is lower snake case, this is not: " + reason);
        }
    }

    /** A rejection that no single field is to blame for. */
    public static Rejection of(String reason, String message) {
        return new Rejection(reason, Optional.empty(), message);
    }

    /** A rejection because of one field. */
    public static Rejection of(String reason, FieldPath field, String message) {
        return new Rejection(reason, Optional.of(field), message);
    }
}
