package io.etlkit.transform.mask;

import io.etlkit.transform.mask.RevealException.Code;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recovers values from reversible tokens. Used by one thread at a time; blocks on nothing. Keys are derived when a token
 * first needs them and kept until the revealer is no longer used.
 *
 * <p>A token is revealed only when everything fits: it is spelled canonically, its tag is right for the domain, the padding
 * is exact, and the value's fingerprint, made anew, is the token's.
 */
public final class Revealer {
    private final Keyset keyset;
    private final Map<String, TokenReader> readers = new HashMap<>();

    private Revealer(Keyset keyset) {
        this.keyset = keyset;
    }

    /** A revealer over a keyset, which has to stay open. */
    public static Revealer open(Keyset keyset) {
        return new Revealer(keyset);
    }

    /**
     * Recovers a value.
     *
     * @param token the token
     * @param domain the domain that it was masked in: the field's path, unless the step named another
     * @throws RevealException when it can not be revealed, with the reason
     * @throws IllegalArgumentException when the domain is none
     */
    public Revealed reveal(String token, String domain) throws RevealException {
        Domain.problem(domain).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        TokenText text = TokenText.parse(token).orElseThrow(() -> new RevealException(Code.NOT_A_TOKEN));
        TokenText.CipherPart cipher = text.cipher().orElseThrow(() -> new RevealException(Code.NOT_REVERSIBLE));
        if (cipher.suite() != 'g') {
            throw new RevealException(
                    Code.NOT_REVERSIBLE, "this version of etlkit can not reverse tokens of the method aes-gcm-siv");
        }
        return reader(text, cipher, domain).read(token, text, cipher);
    }

    /** The part of a token that tells equality, its first 33 characters; empty when the text is no token. */
    public static Optional<String> fingerprint(String token) {
        return TokenText.parse(token).map(TokenText::prefix);
    }

    private TokenReader reader(TokenText text, TokenText.CipherPart cipher, String domain) throws RevealException {
        String keys = text.generation() + cipher.keyId() + domain;
        TokenReader reader = readers.get(keys);
        if (reader == null) {
            reader = open(text.generation(), cipher.keyId(), domain)
                    .orElseThrow(() -> new RevealException(Code.UNKNOWN_KEY));
            readers.put(keys, reader);
        }
        return reader;
    }

    private Optional<TokenReader> open(String generation, String keyId, String domain) {
        return keyset.indexChain(generation)
                .flatMap(chain -> keyset.usable(KeyRole.ENC, keyId)
                        .map(key -> new TokenReader(
                                new Fingerprinter(chain, domain),
                                new AesGcm(TokenWriter.encryptionKey(key, generation, domain)),
                                domain)));
    }

    /** Reads the tokens of one domain, generation and encryption key. */
    private record TokenReader(Fingerprinter fingerprinter, AesGcm cipher, String domain) {
        Revealed read(String token, TokenText text, TokenText.CipherPart part) throws RevealException {
            byte @Nullable [] plaintext = null;
            try {
                byte[] fingerprint = decode(text.fingerprint());
                byte[] associated = Ascii.bytes(token.substring(0, token.lastIndexOf('.')) + "\0" + domain);
                plaintext = cipher.decrypt(fingerprint, associated, decode(part.ciphertext()))
                        .orElseThrow(() -> new RevealException(Code.TAMPERED));
                int length = Plaintexts.unpaddedLength(plaintext);
                if (length < 0 || !hasFingerprint(plaintext, length, fingerprint)) {
                    throw new RevealException(Code.TAMPERED);
                }
                TypeTag type = TypeTag.of(plaintext[0]).orElseThrow(() -> new RevealException(Code.TAMPERED));
                return new Revealed(type.show(plaintext, 1, length), type.label(), text.prefix());
            } finally {
                if (plaintext != null) {
                    Arrays.fill(plaintext, (byte) 0);
                }
                fingerprinter.wipe();
            }
        }

        private static byte[] decode(String text) throws RevealException {
            return Base64Url.decode(text).orElseThrow(() -> new RevealException(Code.TAMPERED));
        }

        private boolean hasFingerprint(byte[] plaintext, int length, byte[] fingerprint) {
            fingerprinter.begin().put(plaintext, 0, length);
            byte[] actual = Arrays.copyOf(fingerprinter.finish(), Fingerprinter.LENGTH);
            return MessageDigest.isEqual(actual, fingerprint);
        }
    }
}
