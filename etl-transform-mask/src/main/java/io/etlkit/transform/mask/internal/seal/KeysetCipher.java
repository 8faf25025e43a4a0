package io.etlkit.transform.mask.internal.seal;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.api.seal.UnsealException;
import io.etlkit.api.seal.UnsealException.Code;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import io.etlkit.json.ValueKinds;
import io.etlkit.transform.mask.internal.crypto.AesGcm;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.encoding.Wtf8;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Seals originals with a keyset's primary seal key, and opens them with whichever seal key of the keyset it was. */
public final class KeysetCipher implements OriginalCipher {
    private static final int LENGTH = 4;

    private final Keyset keyset;
    private final SecureRandom random = new SecureRandom();
    /** By pipeline, of the primary key. */
    private final Map<String, AesGcm> ciphers = new HashMap<>();

    /** Takes the keyset and closes it when this is closed. */
    public KeysetCipher(Keyset keyset) {
        this.keyset = keyset;
    }

    @Override
    public void checkCanSeal() {
        keyset.primary(KeyRole.SEAL);
    }

    @Override
    public byte[] seal(String pipeline, EtlRecord original) {
        KeysetKey key = keyset.primary(KeyRole.SEAL);
        byte[] head = SealedForm.head(key.id());
        byte[] plaintext = plaintext(original);
        byte[] nonce = new byte[AesGcm.NONCE];
        random.nextBytes(nonce);
        byte[] encrypted = new byte[plaintext.length + AesGcm.TAG];
        ciphers.computeIfAbsent(pipeline, name -> new AesGcm(SealedForm.key(key, name)))
                .encrypt(
                        nonce,
                        SealedForm.associated(head, pipeline, original.key().id()),
                        plaintext,
                        0,
                        plaintext.length,
                        encrypted);
        Arrays.fill(plaintext, (byte) 0);
        return new Bytes(SealedForm.CIPHERTEXT + encrypted.length)
                .put(head)
                .put(nonce)
                .put(encrypted)
                .toArray();
    }

    private static byte[] plaintext(EtlRecord original) {
        Value headers = Value.of(original.headers());
        Bytes plaintext = new Bytes(1024)
                .putLengthPrefixed(Wtf8.encode(JsonWriter.write(headers)))
                .putLengthPrefixed(Wtf8.encode(body(original.body())));
        ValueKinds.of(headers).ifPresent(kinds -> plaintext.putLengthPrefixed(Wtf8.encode(JsonWriter.write(kinds))));
        while (plaintext.length() % SealedForm.STEP != 0) {
            plaintext.put(0);
        }
        byte[] padded = plaintext.toArray();
        plaintext.wipeFrom(0);
        return padded;
    }

    /** A source hands over raw text; what else an embedding program's source may hand over is kept as JSON. */
    private static String body(Value body) {
        return body instanceof TextValue text ? text.value() : JsonWriter.write(body);
    }

    @Override
    public DeadLetter.Clear open(String pipeline, RecordKey key, DeadLetter.Sealed sealed) throws UnsealException {
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
