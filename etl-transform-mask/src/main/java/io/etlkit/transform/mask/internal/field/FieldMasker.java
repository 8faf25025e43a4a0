package io.etlkit.transform.mask.internal.field;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.FieldPath.Segment;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.method.MaskingMethod.ValueMasker;
import io.etlkit.transform.mask.internal.type.Rejections;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Masks one field inside what holds it. Used by one thread at a time. */
public final class FieldMasker {
    private static final Logger log = LoggerFactory.getLogger(FieldMasker.class);

    /** After so many records without the field, its path is likely to be wrong. */
    static final long RECORDS_BEFORE_WARNING = 1000;

    private final MaskField field;
    private final FieldPath from;
    private final FieldPath to;
    private final ValueMasker masker;
    /** What is written for a value that is none of the field's type; empty when the record is rejected. */
    private final Optional<Value> instead;

    private long unmatched;
    private boolean matched;

    /** For a field that is named inside its holder. */
    public FieldMasker(MaskField field, ValueMasker masker) {
        this.field = field;
        this.masker = masker;
        this.instead = field.insteadOfInvalid();
        this.from = FieldPlace.of(field.path()).inside().orElse(field.path());
        this.to = FieldPlace.of(field.target()).inside().orElse(field.path());
    }

    /** The whole path of the field. */
    FieldPath path() {
        return field.path();
    }

    /** Where the field is, inside its holder. */
    FieldPath from() {
        return from;
    }

    /** Where the masked value goes, inside the holder. */
    FieldPath to() {
        return to;
    }

    /** The masked value of the field inside a holder; empty when the field is missing and may be. */
    Optional<Value> maskInside(Value holder) {
        Value value = holder;
        for (Segment name : from.segments()) {
            if (value.isNull()) {
                return missing();
            }
            if (!(value instanceof ObjectValue object)) {
                throw Rejections.notAnObject(field.path());
            }
            Optional<Value> next = object.get(name.name());
            if (next.isEmpty()) {
                return missing();
            }
            value = next.get();
        }
        return Optional.of(mask(value));
    }

    /** The masked value of a holder that is itself the field. */
    Value mask(Value value) {
        matched = true;
        if (value.isNull()) {
            return value;
        }
        if (value instanceof ObjectValue || value instanceof ListValue) {
            throw Rejections.notAScalar(field.path(), value);
        }
        try {
            return masker.mask(value);
        } catch (RejectedException rejected) {
            return instead.filter(other -> Rejections.isOfInvalidValue(rejected))
                    .orElseThrow(() -> rejected);
        }
    }

    /** What is done when there is no such field. */
    Optional<Value> missing() {
        if (field.required()) {
            throw Rejections.missing(field.path());
        }
        return Optional.empty();
    }

    /** Counts a record, and warns when there were many and none had the field. */
    void countRecord() {
        if (!matched && unmatched++ == RECORDS_BEFORE_WARNING) {
            log.warn(
                    "mask: the first {} records had no field {}; is its path right?",
                    RECORDS_BEFORE_WARNING,
                    field.path());
        }
    }
}
