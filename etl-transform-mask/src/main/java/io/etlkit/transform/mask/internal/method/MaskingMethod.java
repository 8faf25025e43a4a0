package io.etlkit.transform.mask.internal.method;

import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.Optional;
import java.util.Set;

/** A way to mask values. Stateless; what it makes for a field belongs to one lane. */
public interface MaskingMethod {
    /** Whether it needs a keyset. */
    boolean needsKeys();

    /** The options that it uses, of those that not every method does. */
    Set<MethodOption> options();

    /** Masks the values of one field; {@code keyset} is there when {@link #needsKeys()}. */
    ValueMasker masker(MaskField field, Optional<Keyset> keyset);

    /** Masks the values of one field, none of which is null, a list or an object. Used by one thread at a time. */
    @FunctionalInterface
    interface ValueMasker {
        Value mask(Value value);
    }
}
