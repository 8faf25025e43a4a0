package io.etlkit.transform.mask.internal.type;

import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import java.util.Optional;

/**
 * An e-mail address: text whose part after the last {@code @} is taken in ASCII lower case and without dots at its end. The
 * part before it is left as it is: servers may tell upper from lower case there.
 */
final class EmailType implements ValueType {
    @Override
    public TypeTag tag() {
        return TypeTag.EMAIL;
    }

    @Override
    public void putCanonical(Value value, MaskField field, Bytes out) {
        if (!(value instanceof TextValue text)) {
            throw Rejections.notText(field, value);
        }
        String form = TextForm.of(text.value()).orElseThrow(() -> Rejections.invalidText(field));
        TextForm.put(canonical(form).orElseThrow(() -> Rejections.invalidEmail(field)), out);
    }

    private static Optional<String> canonical(String text) {
        int at = text.lastIndexOf('@');
        int end = text.length();
        while (end > at + 1 && text.charAt(end - 1) == '.') {
            end--;
        }
        if (at < 1 || end == at + 1) {
            return Optional.empty();
        }
        StringBuilder form = new StringBuilder(end).append(text, 0, at);
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            if (TextForm.isWhiteSpace(c)) {
                return Optional.empty();
            }
            form.append(c >= 'A' && c <= 'Z' ? (char) (c + 0x20) : c);
        }
        return Optional.of(form.toString());
    }
}
