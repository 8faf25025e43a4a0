package io.etlkit.transform.mask.internal.type;

import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.encoding.Bytes;

/** A UUID, in upper or lower case. */
final class UuidType implements ValueType {
    @Override
    public TypeTag tag() {
        return TypeTag.UUID;
    }

    @Override
    public void putCanonical(Value value, MaskField field, Bytes out) {
        if (!(value instanceof TextValue text)) {
            throw Rejections.notText(field, value);
        }
        int at = out.length();
        out.room(UuidText.LENGTH);
        if (!UuidText.parse(text.value(), out.array(), at)) {
            throw Rejections.invalidUuid(field);
        }
        out.truncate(at + UuidText.LENGTH);
    }
}
