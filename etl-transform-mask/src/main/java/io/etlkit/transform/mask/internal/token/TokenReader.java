package io.etlkit.transform.mask.internal.token;

import io.etlkit.transform.mask.internal.crypto.Aead;
import io.etlkit.transform.mask.internal.encoding.Ascii;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.type.TypeTag;
import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.RevealException.Code;
import io.etlkit.transform.mask.token.Revealed;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Reads the tokens of one domain and one encryption key. Used by one thread at a time. */
public final class TokenReader {
    private final Aead cipher;
    private final String domain;
    /** Empty where tokens have no fingerprint. */
    private final Optional<Fingerprinter> fingerprinter;

    private TokenReader(Aead cipher, String domain, Optional<Fingerprinter> fingerprinter) {
        this.cipher = cipher;
        this.domain = domain;
        this.fingerprinter = fingerprinter;
    }

    /** For tokens whose nonce is the start of a fingerprint that the keys of {@code chain} make. */
    public static TokenReader of(Aead cipher, String domain, Fingerprinter fingerprinter) {
        return new TokenReader(cipher, domain, Optional.of(fingerprinter));
    }

    /** For tokens with a random nonce. */
    public static TokenReader ofRandomNonces(Aead cipher, String domain) {
        return new TokenReader(cipher, domain, Optional.empty());
    }

    /** Reads a token that is of this reader's keys. */
    public Revealed read(String token, TokenText text, TokenText.CipherPart part) throws RevealException {
        return shown(canonicalForm(token, text, part), text.prefix());
    }

    /** Reads a token that is of this reader's key. */
    public Revealed read(String token, RandomTokenText text) throws RevealException {
        return shown(canonicalForm(token, text), text.prefix());
    }

    /** The type tag and canonical form behind a token of this reader's keys; the caller wipes them. */
    public byte[] canonicalForm(String token, TokenText text, TokenText.CipherPart part) throws RevealException {
        return canonicalForm(token, decode(text.fingerprint()), decode(part.ciphertext()));
    }

    /** The type tag and canonical form behind a token of this reader's key; the caller wipes them. */
    public byte[] canonicalForm(String token, RandomTokenText text) throws RevealException {
        byte[] payload = decode(text.payload());
        byte[] nonce = Arrays.copyOf(payload, Aead.NONCE);
        return canonicalForm(token, nonce, Arrays.copyOfRange(payload, Aead.NONCE, payload.length));
    }

    private byte[] canonicalForm(String token, byte[] nonce, byte[] ciphertext) throws RevealException {
        byte[] associated = Ascii.bytes(token.substring(0, token.lastIndexOf('.')) + "\0" + domain);
        byte[] plaintext =
                cipher.decrypt(nonce, associated, ciphertext).orElseThrow(() -> new RevealException(Code.TAMPERED));
        try {
            int length = Padding.unpaddedLength(plaintext);
            if (length < 0 || !hasFingerprint(plaintext, length, nonce)) {
                throw new RevealException(Code.TAMPERED);
            }
            return Arrays.copyOf(plaintext, length);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
            fingerprinter.ifPresent(Fingerprinter::wipe);
        }
    }

    private static Revealed shown(byte[] form, String prefix) throws RevealException {
        try {
            TypeTag type = TypeTag.of(form[0]).orElseThrow(() -> new RevealException(Code.TAMPERED));
            return new Revealed(type.show(form, 1, form.length), type.label(), prefix);
        } finally {
            Arrays.fill(form, (byte) 0);
        }
    }

    private static byte[] decode(String text) throws RevealException {
        return Base64Url.decode(text).orElseThrow(() -> new RevealException(Code.TAMPERED));
    }

    private boolean hasFingerprint(byte[] plaintext, int length, byte[] expected) {
        if (fingerprinter.isEmpty()) {
            return true;
        }
        fingerprinter.get().begin().put(plaintext, 0, length);
        byte[] actual = Arrays.copyOf(fingerprinter.get().finish(), Fingerprinter.LENGTH);
        return MessageDigest.isEqual(actual, expected);
    }
}
