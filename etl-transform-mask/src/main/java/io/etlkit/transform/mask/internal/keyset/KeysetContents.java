package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.Arrays;

/**
 * All that a keyset file holds: the keyset, the key that protects it, and how that one is wrapped. Closing overwrites both.
 *
 * @param keyset the keyset
 * @param dek what authenticates the file and encrypts the keys; the array itself, not a copy
 * @param wrap the field {@code wrap}
 */
@SuppressWarnings("ArrayRecordComponent") // one owner, never compared
public record KeysetContents(Keyset keyset, byte[] dek, ObjectValue wrap) implements AutoCloseable {
    /** The file's text. */
    public String text() {
        return KeysetJson.write(keyset, dek, wrap);
    }

    public void wipeDek() {
        Arrays.fill(dek, (byte) 0);
    }

    @Override
    public void close() {
        keyset.close();
        wipeDek();
    }

    @Override
    public String toString() {
        return keyset.toString();
    }
}
