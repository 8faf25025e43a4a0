package io.etlkit.transform.mask.internal.seal;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sealer;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonWriter;
import io.etlkit.json.ValueKinds;
import io.etlkit.transform.mask.internal.crypto.AesGcm;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.encoding.Wtf8;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Seals the originals of dead letters with a keyset's primary seal key. */
final class KeysetSealer implements Sealer {
    private final Keyset keyset;
    private final KeysetKey key;
    private final byte[] head;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, AesGcm> ciphers = new HashMap<>();

    /** Takes the keyset, and closes it in the end. */
    KeysetSealer(Keyset keyset) {
        this.keyset = keyset;
        this.key = keyset.primary(KeyRole.SEAL);
        this.head = SealedForm.head(key.id());
    }

    @Override
    public byte[] seal(String pipeline, EtlRecord original) {
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
    public void close() {
        keyset.close();
    }
}
