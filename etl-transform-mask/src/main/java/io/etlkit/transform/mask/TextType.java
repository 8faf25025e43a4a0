package io.etlkit.transform.mask;

import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;

/** Text: equal when it is the same in NFC, white space at both ends aside. */
final class TextType implements ValueType {
    @Override
    public TypeTag tag() {
        return TypeTag.TEXT;
    }

    @Override
    public void putCanonical(Value value, MaskField field, Bytes out) {
        if (!(value instanceof TextValue text)) {
            throw Rejections.wrongType(field, value);
        }
        if (!TextForm.put(text.value(), out)) {
            throw Rejections.invalidText(field);
        }
    }
}
