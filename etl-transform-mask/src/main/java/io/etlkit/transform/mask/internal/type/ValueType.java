package io.etlkit.transform.mask.internal.type;

import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.encoding.Bytes;

/** What a field's values are, and so which of them are equal. Stateless. */
public interface ValueType {
    /** What tokens of this type say that they hold. */
    TypeTag tag();

    /**
     * Puts the value's canonical form, the same for all values that are equal.
     *
     * @throws io.etlkit.api.RejectedException when the value is none of this type
     */
    void putCanonical(Value value, MaskField field, Bytes out);
}
