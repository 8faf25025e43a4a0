package io.etlkit.transform.mask;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;

/** The reasons for which masking rejects a record; none tells a value. */
final class Rejections {
    private Rejections() {}

    static RejectedException missing(FieldPath path) {
        return new RejectedException(
                "missing_field", path, "the field is to be masked and missing; set required: false if it may be");
    }

    static RejectedException notAScalar(FieldPath path, Value value) {
        return new RejectedException(
                "not_a_scalar",
                path,
                "the field is to be masked and its value is of kind "
                        + value.kind().label() + "; name the values inside it, as in a.b or a[*]");
    }

    static RejectedException notAnObject(FieldPath path) {
        return new RejectedException(
                "not_an_object", path, "something on the way to the field is there and is no object");
    }

    static RejectedException notAList(FieldPath path) {
        return new RejectedException("not_a_list", path, "where the field's path has [*] is something that is no list");
    }

    static RejectedException wrongType(MaskField field, Value value) {
        return new RejectedException(
                "wrong_type",
                field.path(),
                "type " + field.type() + " masks text, and the value is of kind "
                        + value.kind().label() + "; where it stands for the same, cast it to a string first");
    }

    static RejectedException invalidText(MaskField field) {
        return new RejectedException("invalid_text", field.path(), "the text has half of a surrogate pair");
    }

    static RejectedException invalidIp(MaskField field) {
        return new RejectedException("invalid_ip", field.path(), "the value is no IP address");
    }

    static RejectedException alreadyMasked(MaskField field) {
        return new RejectedException(
                "already_masked",
                field.path(),
                "the value has the form of a token, which only masking may make"
                        + (field.existing().isPresent() ? "; existing: keep keeps what this keyset can verify" : ""));
    }
}
