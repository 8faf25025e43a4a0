package io.etlkit.transform.mask.internal.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes put one after the other, in an array that is used again and grows when it must. Used by one thread at a time. */
public final class Bytes {
    private byte[] array;
    private int length;

    public Bytes(int capacity) {
        array = new byte[capacity];
    }

    /** The bytes from 0 to {@link #length()}; another array after one more byte was put. */
    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    /** Forgets what lies behind {@code newLength}. */
    public void truncate(int newLength) {
        length = newLength;
    }

    public Bytes put(int value) {
        room(1);
        array[length++] = (byte) value;
        return this;
    }

    public Bytes put(byte[] bytes) {
        return put(bytes, 0, bytes.length);
    }

    public Bytes put(byte[] bytes, int from, int count) {
        room(count);
        System.arraycopy(bytes, from, array, length, count);
        length += count;
        return this;
    }

    public Bytes putInt(int value) {
        return put(value >>> 24).put(value >>> 16).put(value >>> 8).put(value);
    }

    /** {@code lp(x)} of the format: a length of 4 bytes, big-endian, then the bytes. */
    public Bytes putLengthPrefixed(byte[] bytes) {
        return putInt(bytes.length).put(bytes);
    }

    public Bytes putAscii(String text) {
        return put(text.getBytes(StandardCharsets.US_ASCII));
    }

    public void setInt(int at, int value) {
        array[at] = (byte) (value >>> 24);
        array[at + 1] = (byte) (value >>> 16);
        array[at + 2] = (byte) (value >>> 8);
        array[at + 3] = (byte) value;
    }

    public byte[] toArray() {
        return Arrays.copyOf(array, length);
    }

    /** Makes room for so many bytes more. */
    public void room(int count) {
        if (array.length - length < count) {
            byte[] larger = Arrays.copyOf(array, Math.max(array.length * 2, length + count));
            Arrays.fill(array, (byte) 0);
            array = larger;
        }
    }

    /** Overwrites and forgets everything behind {@code start}. */
    public void wipeFrom(int start) {
        Arrays.fill(array, start, array.length, (byte) 0);
        length = start;
    }
}
