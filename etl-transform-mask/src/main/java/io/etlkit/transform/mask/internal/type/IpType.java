package io.etlkit.transform.mask.internal.type;

import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.encoding.Bytes;

/** An IP address in any spelling; an IPv4 address equals its IPv4-mapped IPv6 address. */
final class IpType implements ValueType {
    @Override
    public TypeTag tag() {
        return TypeTag.IP;
    }

    @Override
    public void putCanonical(Value value, MaskField field, Bytes out) {
        if (!(value instanceof TextValue text)) {
            throw Rejections.notText(field, value);
        }
        int at = out.length();
        out.room(IpText.LENGTH);
        if (!IpText.parse(text.value(), out.array(), at)) {
            throw Rejections.invalidIp(field);
        }
        out.truncate(at + IpText.LENGTH);
    }
}
