package io.etlkit.transform.mask.internal.seal;

import io.etlkit.transform.mask.internal.crypto.AesGcm;
import io.etlkit.transform.mask.internal.crypto.Hkdf;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.encoding.Wtf8;
import io.etlkit.transform.mask.internal.keyset.KeyIds;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of a sealed original, format {@code dl1}: a head of eight bytes (the format's name, a 1, the seal key's id),
 * the nonce, the ciphertext with its tag.
 */
final class SealedForm {
    static final int HEAD = 8;
    static final int CIPHERTEXT = HEAD + AesGcm.NONCE;

    /** Lengths are told in steps of this many bytes only. */
    static final int STEP = 256;

    private static final byte[] MAGIC = {'d', 'l', '1', 1};

    private SealedForm() {}

    static byte[] head(String keyId) {
        return new Bytes(HEAD).put(MAGIC).put(KeyIds.bytes(keyId)).toArray();
    }

    /** The seal key's id; empty when these are no sealed bytes. */
    static Optional<String> keyId(byte[] sealed) {
        boolean fits = sealed.length >= CIPHERTEXT + STEP + AesGcm.TAG
                && Arrays.equals(sealed, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        return fits ? Optional.of(Base64Url.encode(Arrays.copyOfRange(sealed, MAGIC.length, HEAD))) : Optional.empty();
    }

    static byte[] key(KeysetKey seal, String pipeline) {
        return Hkdf.derive(seal.material(), Wtf8.encode("etl/dl/1/" + pipeline), KeysetKey.LENGTH);
    }

    /** What the seal is bound to: the head, the pipeline and the record. */
    static byte[] associated(byte[] head, String pipeline, String recordKeyId) {
        return new Bytes(128)
                .put(head)
                .putLengthPrefixed(Wtf8.encode(pipeline))
                .putLengthPrefixed(Wtf8.encode(recordKeyId))
                .toArray();
    }
}
