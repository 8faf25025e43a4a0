package io.etlkit.transform.mask.internal.type;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import java.util.Set;

/** The reasons for which masking rejects a record; none tells a value. */
public final class Rejections {
    private static final Set<String> INVALID = Set.of(
            "wrong_type", "invalid_text", "invalid_ip", "invalid_uuid", "invalid_number", "invalid_email", "too_short");

    private Rejections() {}

    public static RejectedException missing(FieldPath path) {
        return new RejectedException(
                "missing_field", path, "the field is to be masked and missing; set required: false if it may be");
    }

    public static RejectedException notAScalar(FieldPath path, Value value) {
        return new RejectedException(
                "not_a_scalar",
                path,
                "the field is to be masked and its value is of kind "
                        + value.kind().label() + "; name the values inside it, as in a.b or a[*]");
    }

    public static RejectedException notAnObject(FieldPath path) {
        return new RejectedException(
                "not_an_object", path, "something on the way to the field is there and is no object");
    }

    public static RejectedException notAList(FieldPath path) {
        return new RejectedException("not_a_list", path, "where the field's path has [*] is something that is no list");
    }

    static RejectedException notText(MaskField field, Value value) {
        return wrongType(field, value, "text", "where it stands for the same, cast it to a string first");
    }

    /** {@code takes} is what would have been right, {@code advice} what to do. */
    public static RejectedException wrongType(MaskField field, Value value, String takes, String advice) {
        String what = field.method().equals("ip-prefix") ? field.method() : "type " + field.type();
        return invalid(
                field,
                "wrong_type",
                what + " masks " + takes + ", and the value is of kind "
                        + value.kind().label() + "; " + advice);
    }

    static RejectedException invalidText(MaskField field) {
        return invalid(field, "invalid_text", "the text has half of a surrogate pair");
    }

    public static RejectedException invalidIp(MaskField field) {
        return invalid(field, "invalid_ip", "the value is no IP address");
    }

    static RejectedException invalidUuid(MaskField field) {
        return invalid(field, "invalid_uuid", "the value is no UUID (8-4-4-4-12 hexadecimal digits)");
    }

    static RejectedException invalidNumber(MaskField field) {
        return invalid(
                field,
                "invalid_number",
                "the number has more than " + NumberForm.MAX_LENGTH + " characters when it is written out");
    }

    static RejectedException invalidEmail(MaskField field) {
        return invalid(
                field, "invalid_email", "the value is no e-mail address: something, an @, a host without blanks");
    }

    public static RejectedException tooShort(MaskField field) {
        return invalid(field, "too_short", "the text is so short that more than half of it would show");
    }

    /** Whether a rejection is for what the value itself is, so that {@code onInvalid} decides. */
    public static boolean isOfInvalidValue(RejectedException rejected) {
        return INVALID.contains(rejected.rejection().reason());
    }

    private static RejectedException invalid(MaskField field, String reason, String message) {
        return new RejectedException(reason, field.path(), message);
    }

    public static RejectedException alreadyMasked(MaskField field) {
        return new RejectedException(
                "already_masked",
                field.path(),
                "the value has the form of a token, which only masking may make"
                        + (field.existing().isPresent() ? "; existing: keep keeps what this keyset can verify" : ""));
    }
}
