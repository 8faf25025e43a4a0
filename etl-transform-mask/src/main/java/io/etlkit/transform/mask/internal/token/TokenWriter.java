package io.etlkit.transform.mask.internal.token;

import io.etlkit.transform.mask.internal.crypto.Aead;
import io.etlkit.transform.mask.internal.encoding.Ascii;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import java.util.List;
import java.util.Optional;

/**
 * Writes the tokens of one domain, under one generation of the index key and, for reversible tokens, one encryption key.
 * The keys are derived once; writing a token allocates little but its text. Used by one thread at a time.
 *
 * <p>For each value: put its type tag and canonical form into {@link #begin()}, and then ask for one token.
 */
public final class TokenWriter {
    private final Fingerprinter fingerprinter;
    private final Optional<Aead> cipher;
    /** The token before its last dot, a zero byte, the domain; the fingerprint in it changes from value to value. */
    private final byte[] associated;

    private final int fingerprintAt;
    private final int headLength;
    private byte[] encrypted = new byte[64];
    private byte[] token = new byte[128];

    /** Writes irreversible tokens only; the last key of the chain names the generation. */
    public TokenWriter(List<KeysetKey> chain, String domain) {
        this(chain, domain, "", Optional.empty());
    }

    /** Writes both kinds of token. */
    public TokenWriter(List<KeysetKey> chain, KeysetKey encryption, CipherSuite suite, String domain) {
        this(chain, domain, "." + suite.letter() + encryption.id(), suite.open(encryption, generation(chain), domain));
    }

    /** Writes both kinds of token with the cipher that is given, of which a token says {@code cipherPart}. */
    public TokenWriter(List<KeysetKey> chain, String domain, String cipherPart, Aead cipher) {
        this(chain, domain, cipherPart, Optional.of(cipher));
    }

    private TokenWriter(List<KeysetKey> chain, String domain, String cipherPart, Optional<Aead> cipher) {
        String start = "mk1." + generation(chain) + ".";
        String head = start + " ".repeat(TokenText.PREFIX_LENGTH - start.length()) + cipherPart;
        fingerprintAt = start.length();
        headLength = head.length();
        associated = Ascii.bytes(head + "\0" + domain);
        fingerprinter = new Fingerprinter(chain, domain);
        this.cipher = cipher;
    }

    private static String generation(List<KeysetKey> chain) {
        return chain.get(chain.size() - 1).id();
    }

    /** Starts a value. */
    public Bytes begin() {
        return fingerprinter.begin();
    }

    /** The token that can not be reversed. */
    public String irreversible() {
        writeFingerprint(fingerprinter.finish());
        return Ascii.text(associated, TokenText.PREFIX_LENGTH);
    }

    /** The token that can be reversed. */
    public String reversible() {
        Aead aead = cipher.orElseThrow(() -> new IllegalStateException("no encryption key was given"));
        byte[] fingerprint = fingerprinter.finish();
        writeFingerprint(fingerprint);
        Bytes message = fingerprinter.message();
        int start = fingerprinter.start();
        Padding.pad(message, start);
        int length = message.length() - start;
        if (encrypted.length < length + Aead.TAG) {
            encrypted = new byte[(length + Aead.TAG) * 2];
        }
        int written = aead.encrypt(fingerprint, associated, message.array(), start, length, encrypted);
        return assemble(written);
    }

    private void writeFingerprint(byte[] fingerprint) {
        Base64Url.encode(fingerprint, 0, Fingerprinter.LENGTH, associated, fingerprintAt);
    }

    private String assemble(int encryptedLength) {
        int length = headLength + 1 + Base64Url.encodedLength(encryptedLength);
        if (token.length < length) {
            token = new byte[length * 2];
        }
        System.arraycopy(associated, 0, token, 0, headLength);
        token[headLength] = '.';
        Base64Url.encode(encrypted, 0, encryptedLength, token, headLength + 1);
        return Ascii.text(token, length);
    }

    /** Overwrites the value that was masked last. */
    public void wipe() {
        fingerprinter.wipe();
    }
}
