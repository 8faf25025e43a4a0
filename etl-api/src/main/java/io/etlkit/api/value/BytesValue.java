package io.etlkit.api.value;

import java.util.Arrays;

/** A sequence of bytes. */
public final class BytesValue implements Value {
    private final byte[] value;

    BytesValue(byte[] value) {
        this.value = value.clone();
    }

    /** A copy of the bytes. */
    public byte[] value() {
        return value.clone();
    }

    @Override
    public Kind kind() {
        return Kind.BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytesValue bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "bytes[" + value.length + "]";
    }
}
