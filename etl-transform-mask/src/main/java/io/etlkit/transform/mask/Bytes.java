package io.etlkit.transform.mask;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes put one after the other, in an array that is used again and grows when it must. Used by one thread at a time. */
final class Bytes {
    private byte[] array;
    private int length;

    Bytes(int capacity) {
        array = new byte[capacity];
    }

    /** The bytes from 0 to {@link #length()}; another array after one more byte was put. */
    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    /** Forgets what lies behind {@code newLength}. */
    void truncate(int newLength) {
        length = newLength;
    }

    Bytes put(int value) {
        room(1);
        array[length++] = (byte) value;
        return this;
    }

    Bytes put(byte[] bytes) {
        return put(bytes, 0, bytes.length);
    }

    Bytes put(byte[] bytes, int from, int count) {
        room(count);
        System.arraycopy(bytes, from, array, length, count);
        length += count;
        return this;
    }

    Bytes putInt(int value) {
        return put(value >>> 24).put(value >>> 16).put(value >>> 8).put(value);
    }

    /** {@code lp(x)} of the format: a length of 4 bytes, big-endian, then the bytes. */
    Bytes putLengthPrefixed(byte[] bytes) {
        return putInt(bytes.length).put(bytes);
    }

    Bytes putAscii(String text) {
        return put(text.getBytes(StandardCharsets.US_ASCII));
    }

    void setInt(int at, int value) {
        array[at] = (byte) (value >>> 24);
        array[at + 1] = (byte) (value >>> 16);
        array[at + 2] = (byte) (value >>> 8);
        array[at + 3] = (byte) value;
    }

    byte[] toArray() {
        return Arrays.copyOf(array, length);
    }

    /** Makes room for so many bytes more. */
    void room(int count) {
        if (array.length - length < count) {
            byte[] larger = Arrays.copyOf(array, Math.max(array.length * 2, length + count));
            Arrays.fill(array, (byte) 0);
            array = larger;
        }
    }

    /** Overwrites and forgets everything behind {@code start}. */
    void wipeFrom(int start) {
        Arrays.fill(array, start, array.length, (byte) 0);
        length = start;
    }
}
