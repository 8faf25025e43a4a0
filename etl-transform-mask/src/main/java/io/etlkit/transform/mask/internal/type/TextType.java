package io.etlkit.transform.mask.internal.type;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.encoding.Bytes;

/** Text: equal when it is the same in NFC, white space at both ends aside. Where a field says so, numbers are text too. */
public final class TextType implements ValueType {
    @Override
    public TypeTag tag() {
        return TypeTag.TEXT;
    }

    @Override
    public void putCanonical(Value value, MaskField field, Bytes out) {
        TextForm.put(form(value, field), out);
    }

    /** The canonical form. */
    public static String form(Value value, MaskField field) {
        if (value instanceof TextValue text) {
            return TextForm.of(text.value()).orElseThrow(() -> Rejections.invalidText(field));
        }
        if (value instanceof NumberValue number && field.coerce().isPresent()) {
            return NumberForm.of(number.value()).orElseThrow(() -> Rejections.invalidNumber(field));
        }
        throw value instanceof NumberValue
                ? Rejections.wrongType(
                        field, value, "text", "set coerce: string where a number and its text mean the same")
                : Rejections.notText(field, value);
    }
}
