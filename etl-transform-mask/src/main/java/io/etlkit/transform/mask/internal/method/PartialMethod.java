package io.etlkit.transform.mask.internal.method;

import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.type.Rejections;
import io.etlkit.transform.mask.internal.type.TextType;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The method {@code partial}: three stars and the last characters (code points) of a text. How long the text was does not
 * show. A text of which more than half would show is rejected.
 */
final class PartialMethod implements MaskingMethod {
    private static final int DEFAULT_KEEP = 4;
    private static final String STARS = "***";

    @Override
    public boolean needsKeys() {
        return false;
    }

    @Override
    public Set<MethodOption> options() {
        return EnumSet.of(MethodOption.KEEP, MethodOption.COERCE, MethodOption.ON_INVALID);
    }

    @Override
    public ValueMasker masker(MaskField field, Optional<Keyset> keyset) {
        int keep = field.keep().orElse(DEFAULT_KEEP);
        return value -> {
            String text = TextType.form(value, field);
            int length = text.codePointCount(0, text.length());
            if (length - keep < keep) {
                throw Rejections.tooShort(field);
            }
            return Value.of(STARS + text.substring(text.offsetByCodePoints(text.length(), -keep)));
        };
    }
}
