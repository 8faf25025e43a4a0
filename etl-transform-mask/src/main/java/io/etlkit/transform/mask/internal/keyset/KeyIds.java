package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.transform.mask.internal.crypto.Hkdf;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.keyset.KeyRole;
import java.util.Optional;

/** The ids of keys. An id is derived from its key, so that a wrong key is found when it is loaded. */
public final class KeyIds {
    static final int BYTES = 4;

    private KeyIds() {}

    /** The id of a key; {@code over} is the id of the index key that it is laid over. */
    public static String of(KeyRole role, Optional<String> over, byte[] material) {
        String label = over.isPresent() ? "mk1/kid/onion/" : "mk1/kid/" + role.label();
        Bytes info = new Bytes(32).putAscii(label);
        over.ifPresent(id -> info.put(bytes(id)));
        return Base64Url.encode(Hkdf.derive(material, info.toArray(), BYTES));
    }

    /** Whether a text has the form of an id. One that starts with a dash would read as an option on a command line. */
    public static boolean isId(String text) {
        return !text.startsWith("-")
                && Base64Url.decode(text).filter(id -> id.length == BYTES).isPresent();
    }

    /** The four bytes of an id. */
    public static byte[] bytes(String id) {
        return Base64Url.decode(id).orElseThrow(() -> new IllegalArgumentException("not a key's id"));
    }
}
