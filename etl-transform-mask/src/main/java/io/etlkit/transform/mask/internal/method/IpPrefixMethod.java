package io.etlkit.transform.mask.internal.method;

import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.type.IpText;
import io.etlkit.transform.mask.internal.type.Rejections;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The method {@code ip-prefix}: the network that an address is in, as CIDR text ({@code 203.0.113.0/24}). */
public final class IpPrefixMethod implements MaskingMethod {
    public static final int IPV4_BITS = 32;
    public static final int IPV6_BITS = 128;

    private static final int DEFAULT_V4 = 24;
    private static final int DEFAULT_V6 = 48;

    @Override
    public boolean needsKeys() {
        return false;
    }

    @Override
    public Set<MethodOption> options() {
        return EnumSet.of(MethodOption.V4, MethodOption.V6, MethodOption.ON_INVALID);
    }

    @Override
    public ValueMasker masker(MaskField field, Optional<Keyset> keyset) {
        int v4 = field.v4().orElse(DEFAULT_V4);
        int v6 = field.v6().orElse(DEFAULT_V6);
        byte[] address = new byte[IpText.LENGTH];
        return value -> {
            if (!(value instanceof TextValue text)) {
                throw Rejections.wrongType(field, value, "addresses as text", "cast it to a string first");
            }
            if (!IpText.parse(text.value(), address, 0)) {
                throw Rejections.invalidIp(field);
            }
            boolean isIpv4 = IpText.isIpv4(address, 0);
            clear(address, isIpv4 ? IPV6_BITS - IPV4_BITS + v4 : v6);
            return Value.of(network(address, isIpv4) + "/" + (isIpv4 ? v4 : v6));
        };
    }

    /** A short prefix of IPv4 must not lose the mark that makes it IPv4, so what is formatted keeps it. */
    private static String network(byte[] address, boolean isIpv4) {
        return isIpv4 ? IpText.formatIpv4(address, IpText.LENGTH - 4) : IpText.formatIpv6(address, 0);
    }

    private static void clear(byte[] address, int keptBits) {
        for (int bit = keptBits; bit < IPV6_BITS; bit++) {
            address[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
    }
}
