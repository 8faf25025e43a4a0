package io.etlkit.transform.mask.internal.token;

import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.type.TypeTag;

/**
 * What a reversible token encrypts: the type tag and the canonical form; where the form has no fixed length, then a byte
 * 0x80 and as few zeros as make the length 1 modulo 16, so that a token tells the length in steps of 16 only.
 */
final class Padding {
    private static final int BLOCK = 16;

    private Padding() {}

    /** Pads the type tag and canonical form that stand from {@code start} to the end. */
    static void pad(Bytes bytes, int start) {
        if (TypeTag.isFixedLength(bytes.array()[start])) {
            return;
        }
        bytes.put(0x80);
        while ((bytes.length() - start) % BLOCK != 1) {
            bytes.put(0);
        }
    }

    /** The length of type tag and canonical form without the padding; -1 when it is not padded as {@link #pad} does. */
    static int unpaddedLength(byte[] plaintext) {
        if (plaintext.length % BLOCK != 1) {
            return -1;
        }
        if (TypeTag.isFixedLength(plaintext[0])) {
            return plaintext.length == 1 + BLOCK ? plaintext.length : -1;
        }
        int end = plaintext.length - 1;
        while (end > 0 && plaintext[end] == 0) {
            end--;
        }
        boolean minimal = plaintext.length - end <= BLOCK;
        return end > 0 && plaintext[end] == (byte) 0x80 && minimal ? end : -1;
    }
}
