package io.etlkit.stub.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are being put together: the answer to one request, or text on its way into one. Used by one thread. */
final class ByteText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    ByteText(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    ByteText truncate(int newLength) {
        length = newLength;
        return this;
    }

    ByteText append(byte[] part) {
        return append(part, 0, part.length);
    }

    ByteText append(byte[] part, int offset, int count) {
        reserve(count);
        System.arraycopy(part, offset, bytes, length, count);
        length += count;
        return this;
    }

    ByteText append(String text) {
        return append(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteText append(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    ByteText appendDecimal(long number) {
        return append(Long.toString(number));
    }

    /** Appends a number as hexadecimal digits, the lowest ones of as many as asked for. */
    ByteText appendHex(long number, int digits) {
        reserve(digits);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (number >>> shift) & 0xf];
        }
        return this;
    }

    ByteText appendHex(byte[] part) {
        for (byte each : part) {
            appendHex(each, 2);
        }
        return this;
    }

    /** Appends UTF-8 text as the inside of a JSON string (RFC 8259, section 7). */
    ByteText appendEscaped(byte[] utf8) {
        reserve(utf8.length * 6);
        for (byte each : utf8) {
            if (each == '"' || each == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = each;
            } else if (each >= 0 && each < ' ') {
                append("\\u00").appendHex(each, 2);
            } else {
                bytes[length++] = each;
            }
        }
        return this;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
