package io.etlkit.transform.mask.token;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.internal.crypto.HmacSha256;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.token.CipherSuite;
import io.etlkit.transform.mask.internal.token.Domain;
import io.etlkit.transform.mask.internal.token.Fingerprinter;
import io.etlkit.transform.mask.internal.token.KeyGenerations;
import io.etlkit.transform.mask.internal.token.RandomTokenText;
import io.etlkit.transform.mask.internal.token.RandomTokenWriter;
import io.etlkit.transform.mask.internal.token.TokenText;
import io.etlkit.transform.mask.internal.token.TokenWriter;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.KeyStatus;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.RevealException.Code;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Brings the tokens of one domain to the primary keys of a keyset. Used by one thread at a time; blocks on nothing. What a
 * token becomes hangs on the token and the keys alone, but for {@code aes-gcm-random}, whose nonce is drawn anew.
 *
 * <p>Reversible tokens are decrypted, checked as {@link Revealer} does, and masked again. A token of {@code hmac} changes
 * with the index key only, and only to one that lies over its own: that takes no value, and can not be checked, since a wrong
 * domain makes as good a token as the right one.
 */
public final class Remasker {
    private static final Set<KeyStatus> LEFT_BEHIND = Set.of(KeyStatus.ACTIVE, KeyStatus.RETIRED, KeyStatus.DECRYPT);

    private final Keyset keyset;
    private final String domain;
    private final KeysetKey encryption;
    private final List<KeysetKey> chain;
    private final Revealer revealer;
    private final RandomTokenWriter randomWriter;
    private final Map<CipherSuite, TokenWriter> writers = new EnumMap<>(CipherSuite.class);
    private final Map<String, KeyGenerations> layers = new HashMap<>();
    private final byte[] fingerprint = new byte[HmacSha256.LENGTH];

    private Remasker(Keyset keyset, String domain, KeysetKey encryption, List<KeysetKey> chain) {
        this.keyset = keyset;
        this.domain = domain;
        this.encryption = encryption;
        this.chain = chain;
        this.revealer = Revealer.open(keyset);
        this.randomWriter = new RandomTokenWriter(encryption, domain);
    }

    /**
     * Prepares for one domain; the keyset has to stay open.
     *
     * @param domain the domain that values were masked in: the field's path, unless the step names another
     * @throws IllegalArgumentException when the domain is none
     * @throws StartupException when the keyset has no primary keys, or none that tokens could be brought from
     */
    public static Remasker open(Keyset keyset, String domain) {
        Domain.problem(domain).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        KeysetKey encryption = keyset.primary(KeyRole.ENC);
        String generation = keyset.primary(KeyRole.INDEX).id();
        List<KeysetKey> chain = keyset.indexChain(generation)
                .orElseThrow(() -> new StartupException("keyset \"" + keyset.name() + "\": a key that index key "
                        + generation + " is laid over is missing or destroyed"));
        if (keyset.keys().stream().noneMatch(key -> key.role() != KeyRole.SEAL && LEFT_BEHIND.contains(key.status()))) {
            throw new StartupException("keyset \"" + keyset.name() + "\" has no second key of kind enc or index that"
                    + " tokens could be brought from; add one and promote it first: etl keys add, etl keys promote");
        }
        return new Remasker(keyset, domain, encryption, chain);
    }

    /** The id of the primary index key. */
    public String generation() {
        return chain.get(chain.size() - 1).id();
    }

    /** The id of the primary encryption key. */
    public String encryptionKey() {
        return encryption.id();
    }

    /** Whether {@code hmac} tokens of a generation that the keyset knows can not be brought to the primary one. */
    public boolean isOutOfReach(String other) {
        return keyset.usable(KeyRole.INDEX, other).isPresent() && placeInChain(other) < 0;
    }

    /** Whether a generation is one that the primary index key lies over, so that its {@code hmac} tokens can be brought up. */
    public boolean isBelowPrimary(String other) {
        int place = placeInChain(other);
        return place >= 0 && place < chain.size() - 1;
    }

    /**
     * The token under the primary keys; empty when it is under them already, which is not checked further.
     *
     * @throws RevealException when the token can not be read, with the reason; {@link Code#NOT_REVERSIBLE} where the primary
     *     index key does not lie over the one of an {@code hmac} token
     */
    public Optional<String> remask(String token) throws RevealException {
        Optional<RandomTokenText> random = RandomTokenText.parse(token);
        if (random.isPresent()) {
            return random.get().keyId().equals(encryption.id())
                    ? Optional.empty()
                    : Optional.of(written(
                            revealer.canonicalForm(token, random.get(), domain),
                            randomWriter.begin(),
                            randomWriter::token));
        }
        TokenText text = TokenText.parse(token).orElseThrow(() -> new RevealException(Code.NOT_A_TOKEN));
        boolean sameGeneration = text.generation().equals(generation());
        Optional<TokenText.CipherPart> cipher = text.cipher();
        if (cipher.isEmpty()) {
            return sameGeneration ? Optional.empty() : Optional.of(raised(text));
        }
        return sameGeneration && cipher.get().keyId().equals(encryption.id())
                ? Optional.empty()
                : Optional.of(maskedAgain(token, text, cipher.get()));
    }

    private String maskedAgain(String token, TokenText text, TokenText.CipherPart cipher) throws RevealException {
        byte[] form = revealer.canonicalForm(token, text, cipher, domain);
        CipherSuite suite = CipherSuite.of(cipher.suite()).orElseThrow(() -> new RevealException(Code.NOT_A_TOKEN));
        TokenWriter writer =
                writers.computeIfAbsent(suite, wanted -> new TokenWriter(chain, encryption, wanted, domain));
        String masked = written(form, writer.begin(), writer::reversible);
        writer.wipe();
        if (text.generation().equals(generation()) && !masked.startsWith(text.prefix())) {
            throw new IllegalStateException("a token's first " + TokenText.PREFIX_LENGTH
                    + " characters would change under another encryption key");
        }
        return masked;
    }

    private static String written(byte[] form, Bytes message, Supplier<String> token) {
        message.put(form);
        Arrays.fill(form, (byte) 0);
        return token.get();
    }

    private String raised(TokenText text) throws RevealException {
        int place = placeInChain(text.generation());
        if (place < 0) {
            throw new RevealException(isOutOfReach(text.generation()) ? Code.NOT_REVERSIBLE : Code.UNKNOWN_KEY);
        }
        byte[] below = Base64Url.decode(text.fingerprint()).orElseThrow(() -> new RevealException(Code.TAMPERED));
        System.arraycopy(below, 0, fingerprint, 0, Fingerprinter.LENGTH);
        layers.computeIfAbsent(
                        text.generation(),
                        generation -> new KeyGenerations(chain.subList(place + 1, chain.size()), domain))
                .raise(fingerprint);
        return new TokenText(
                        generation(),
                        Base64Url.encode(Arrays.copyOf(fingerprint, Fingerprinter.LENGTH)),
                        Optional.empty())
                .prefix();
    }

    /** -1 when the primary index key does not lie over it. */
    private int placeInChain(String other) {
        return chain.stream().map(KeysetKey::id).toList().indexOf(other);
    }
}
