package io.etlkit.transform.mask.internal.seal;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.UnsealException;
import io.etlkit.api.UnsealException.Code;
import io.etlkit.api.Unsealer;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.ValueKinds;
import io.etlkit.transform.mask.internal.crypto.AesGcm;
import io.etlkit.transform.mask.internal.encoding.Wtf8;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Opens what {@link KeysetSealer} sealed, with whichever seal key of the keyset it was. */
final class KeysetUnsealer implements Unsealer {
    private static final int LENGTH = 4;

    private final Keyset keyset;

    /** Takes the keyset, and closes it in the end. */
    KeysetUnsealer(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public DeadLetter.Clear unseal(String pipeline, RecordKey key, DeadLetter.Sealed sealed) throws UnsealException {
        byte[] bytes = sealed.bytes();
        String keyId = SealedForm.keyId(bytes).orElseThrow(() -> new UnsealException(Code.NOT_SEALED));
        KeysetKey sealKey = keyset.usable(KeyRole.SEAL, keyId).orElseThrow(() -> new UnsealException(Code.UNKNOWN_KEY));
        byte[] head = Arrays.copyOf(bytes, SealedForm.HEAD);
        byte[] plaintext = new AesGcm(SealedForm.key(sealKey, pipeline))
                .decrypt(
                        Arrays.copyOfRange(bytes, SealedForm.HEAD, SealedForm.CIPHERTEXT),
                        SealedForm.associated(head, pipeline, key.id()),
                        Arrays.copyOfRange(bytes, SealedForm.CIPHERTEXT, bytes.length))
                .orElseThrow(() -> new UnsealException(Code.TAMPERED));
        try {
            return original(ByteBuffer.wrap(plaintext));
        } catch (CharacterCodingException | RejectedException odd) {
            throw new UnsealException(Code.TAMPERED);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static DeadLetter.Clear original(ByteBuffer parts) throws UnsealException, CharacterCodingException {
        Value headers = JsonReader.read(Wtf8.decode(part(parts)));
        String body = Wtf8.decode(part(parts));
        // Padding reads as a part without content: then JSON has lost nothing.
        byte[] kinds = parts.remaining() < LENGTH ? new byte[0] : part(parts);
        Value restored = kinds.length == 0 ? headers : ValueKinds.restore(headers, JsonReader.read(Wtf8.decode(kinds)));
        if (restored instanceof ObjectValue fields) {
            return new DeadLetter.Clear(Value.of(body), fields.fields());
        }
        throw new UnsealException(Code.TAMPERED);
    }

    private static byte[] part(ByteBuffer parts) throws UnsealException {
        if (parts.remaining() < LENGTH) {
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

    @Override
    public void close() {
        keyset.close();
    }
}
