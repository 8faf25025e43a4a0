package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;

/** The reasons for which these transforms reject a record; none tells a value, or a name that came with the record. */
final class Rejections {
    static final String NOT_AN_OBJECT = "not_an_object";
    static final String NOT_A_LIST = "not_a_list";
    static final String MISSING_FIELD = "missing_field";
    static final String NULL_FIELD = "null_field";
    static final String NAME_COLLISION = "name_collision";
    static final String NOT_CASTABLE = "not_castable";

    private Rejections() {}

    /** The body, which has to be an object. */
    static ObjectValue objectBody(EtlRecord record) {
        if (record.body() instanceof ObjectValue object) {
            return object;
        }
        throw new RejectedException(
                NOT_AN_OBJECT,
                "the body has to be an object, and is " + record.body().kind().label());
    }

    /** Something on the way to a field that is to be written is there and is no object. */
    public static RejectedException notAnObject(FieldPath field) {
        return new RejectedException(
                NOT_AN_OBJECT, field, "the field can not be written, for what should hold it is no object");
    }

    public static RejectedException missing(FieldPath field) {
        return new RejectedException(MISSING_FIELD, field, "the field is required and missing");
    }

    static RejectedException isNull(FieldPath field) {
        return new RejectedException(NULL_FIELD, field, "the field is required and null");
    }

    public static RejectedException notAList(FieldPath field, Value found) {
        return new RejectedException(
                NOT_A_LIST,
                field,
                "the field is required in each element of a list, and what should be the list is "
                        + found.kind().label());
    }
}
