package io.etlkit.transform.mask.token;

import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.token.CipherSuite;
import io.etlkit.transform.mask.internal.token.Domain;
import io.etlkit.transform.mask.internal.token.Fingerprinter;
import io.etlkit.transform.mask.internal.token.RandomTokenText;
import io.etlkit.transform.mask.internal.token.RandomTokenWriter;
import io.etlkit.transform.mask.internal.token.TokenReader;
import io.etlkit.transform.mask.internal.token.TokenText;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.RevealException.Code;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
        Optional<RandomTokenText> random = RandomTokenText.parse(token);
        if (random.isPresent()) {
            return reader(random.get(), domain).read(token, random.get());
        }
        TokenText text = TokenText.parse(token).orElseThrow(() -> new RevealException(Code.NOT_A_TOKEN));
        TokenText.CipherPart cipher = text.cipher().orElseThrow(() -> new RevealException(Code.NOT_REVERSIBLE));
        return reader(text, cipher, domain).read(token, text, cipher);
    }

    /** The type tag and canonical form behind a token with a random nonce; the caller wipes them. */
    byte[] canonicalForm(String token, RandomTokenText text, String domain) throws RevealException {
        return reader(text, domain).canonicalForm(token, text);
    }

    /** The type tag and canonical form behind a token; the caller wipes them. */
    byte[] canonicalForm(String token, TokenText text, TokenText.CipherPart cipher, String domain)
            throws RevealException {
        return reader(text, cipher, domain).canonicalForm(token, text, cipher);
    }

    /**
     * What a token is called where its value must not be: its first 33 characters, which all tokens of the value share; of a
     * token of {@code aes-gcm-random}, which shares nothing, its first 28. Empty when the text is no token.
     */
    public static Optional<String> fingerprint(String token) {
        return TokenText.parse(token)
                .map(TokenText::prefix)
                .or(() -> RandomTokenText.parse(token).map(RandomTokenText::prefix));
    }

    private TokenReader reader(RandomTokenText text, String domain) throws RevealException {
        return reader(
                "r" + text.keyId() + domain,
                () -> encryptionKey(text.keyId())
                        .map(key -> TokenReader.ofRandomNonces(RandomTokenWriter.cipher(key, domain), domain)));
    }

    private TokenReader reader(TokenText text, TokenText.CipherPart cipher, String domain) throws RevealException {
        return reader(
                cipher.suite() + text.generation() + cipher.keyId() + domain,
                () -> keyset.indexChain(text.generation())
                        .flatMap(chain -> encryptionKey(cipher.keyId())
                                .flatMap(key -> CipherSuite.of(cipher.suite())
                                        .map(suite -> TokenReader.of(
                                                suite.open(key, text.generation(), domain),
                                                domain,
                                                new Fingerprinter(chain, domain))))));
    }

    private TokenReader reader(String keys, Supplier<Optional<TokenReader>> open) throws RevealException {
        TokenReader reader = readers.get(keys);
        if (reader == null) {
            reader = open.get().orElseThrow(() -> new RevealException(Code.UNKNOWN_KEY));
            readers.put(keys, reader);
        }
        return reader;
    }

    private Optional<KeysetKey> encryptionKey(String id) {
        return keyset.usable(KeyRole.ENC, id);
    }
}
