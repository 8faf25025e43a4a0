package io.etlkit.transform.mask.internal.type;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.encoding.Bytes;

/** A number: equal when it is numerically equal, however it is written. */
final class NumberType implements ValueType {
    @Override
    public TypeTag tag() {
        return TypeTag.NUMBER;
    }

    @Override
    public void putCanonical(Value value, MaskField field, Bytes out) {
        if (!(value instanceof NumberValue number)) {
            throw Rejections.wrongType(field, value, "numbers", "cast it to a number first");
        }
        out.putAscii(NumberForm.of(number.value()).orElseThrow(() -> Rejections.invalidNumber(field)));
    }
}
