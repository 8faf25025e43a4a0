package io.etlkit.transform.mask;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.json.JsonReader;
import io.etlkit.transform.mask.UnsealException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Opens the sealed originals of dead letters. Used by one thread at a time; blocks on nothing. */
public final class Unsealer {
    private final Keyset keyset;

    private Unsealer(Keyset keyset) {
        this.keyset = keyset;
    }

    /** An unsealer over a keyset, which has to stay open. */
    public static Unsealer open(Keyset keyset) {
        return new Unsealer(keyset);
    }

    /**
     * Opens a sealed original.
     *
     * @param sealed the sealed bytes
     * @param pipeline the pipeline whose dead letter it is
     * @param recordKeyId the id in the record's key
     * @throws UnsealException when it can not be opened, with the reason
     */
    public Unsealed unseal(byte[] sealed, String pipeline, String recordKeyId) throws UnsealException {
        String keyId = SealedForm.keyId(sealed).orElseThrow(() -> new UnsealException(Code.NOT_SEALED));
        KeysetKey key = keyset.usable(KeyRole.SEAL, keyId).orElseThrow(() -> new UnsealException(Code.UNKNOWN_KEY));
        byte[] head = Arrays.copyOf(sealed, SealedForm.HEAD);
        byte[] plaintext = new AesGcm(SealedForm.key(key, pipeline))
                .decrypt(
                        Arrays.copyOfRange(sealed, SealedForm.HEAD, SealedForm.CIPHERTEXT),
                        SealedForm.associated(head, pipeline, recordKeyId),
                        Arrays.copyOfRange(sealed, SealedForm.CIPHERTEXT, sealed.length))
                .orElseThrow(() -> new UnsealException(Code.TAMPERED));
        try {
            ByteBuffer parts = ByteBuffer.wrap(plaintext);
            String headers = Wtf8.decode(part(parts));
            String body = Wtf8.decode(part(parts));
            if (JsonReader.read(headers) instanceof ObjectValue fields) {
                return new Unsealed(body, fields.fields());
            }
            throw new UnsealException(Code.TAMPERED);
        } catch (CharacterCodingException | RejectedException odd) {
            throw new UnsealException(Code.TAMPERED);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static byte[] part(ByteBuffer parts) throws UnsealException {
        if (parts.remaining() < 4) {
            throw new UnsealException(Code.TAMPERED);
        }
        int length = parts.getInt();
        if (length < 0 || length > parts.remaining()) {
            throw new UnsealException(Code.TAMPERED);
        }
        byte[] part = new byte[length];
        parts.get(part);
        return part;
    }
}
