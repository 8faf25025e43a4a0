package io.etlkit.transform.mask.token;

import io.etlkit.api.RejectedException;
import io.etlkit.api.StartupException;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.method.MaskingMethod.ValueMasker;
import io.etlkit.transform.mask.internal.method.MaskingMethods;
import io.etlkit.transform.mask.internal.token.TokenText;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.KeyStatus;
import io.etlkit.transform.mask.keyset.Keyset;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the tokens that a value has in tables, under every pair of keys that may have written it: each index key that is
 * primary or active with each encryption key that is not destroyed. Used by one thread at a time; blocks on nothing.
 *
 * <p>Whoever may ask can try values until one fits a row: this is a guessing oracle, to be guarded like revealing.
 */
public final class TokenLookup {
    private static final int FINGERPRINT = TokenText.PREFIX_LENGTH;

    private final String type;
    private final List<ValueMasker> maskers;

    private TokenLookup(String type, List<ValueMasker> maskers) {
        this.type = type;
        this.maskers = maskers;
    }

    /**
     * The tokens of one value under one pair of keys.
     *
     * @param irreversible what {@code hmac} writes, and every token of the value in this generation starts with
     * @param reversible what {@code aes-gcm} writes
     */
    public record Tokens(String irreversible, String reversible) {}

    /**
     * Prepares for one domain; the keyset may be closed afterwards.
     *
     * @param domain the domain that values were masked in: the field's path, unless the step names another
     * @param type the type that they were masked as
     * @throws IllegalArgumentException when there is no such type, or the domain is none
     * @throws StartupException when the keyset has no pair of keys
     */
    public static TokenLookup open(Keyset keyset, String domain, String type) {
        MaskField field = MaskField.of("value", "aes-gcm").withType(type).withDomain(domain);
        List<ValueMasker> maskers = new ArrayList<>();
        for (KeysetKey index : keys(keyset, KeyRole.INDEX, KeyStatus.PRIMARY, KeyStatus.ACTIVE)) {
            for (KeysetKey enc : keys(keyset, KeyRole.ENC, KeyStatus.PRIMARY, KeyStatus.DECRYPT)) {
                maskers.add(MaskingMethods.find(field.method())
                        .masker(field, Optional.of(writingWith(keyset, index, enc))));
            }
        }
        if (maskers.isEmpty()) {
            throw new StartupException("keyset \"" + keyset.name() + "\" has no index key, or no key of kind enc, that"
                    + " rows may have been written with");
        }
        return new TokenLookup(type, List.copyOf(maskers));
    }

    /** Those of the first status before those of the second. */
    private static List<KeysetKey> keys(Keyset keyset, KeyRole role, KeyStatus first, KeyStatus second) {
        List<KeysetKey> keys = new ArrayList<>();
        for (KeyStatus status : List.of(first, second)) {
            keyset.keys().stream()
                    .filter(key -> key.role() == role && key.status() == status)
                    .filter(key ->
                            role != KeyRole.INDEX || keyset.indexChain(key.id()).isPresent())
                    .forEach(keys::add);
        }
        return keys;
    }

    /** The keyset as it was when these two were written with. */
    private static Keyset writingWith(Keyset keyset, KeysetKey index, KeysetKey enc) {
        return new Keyset(
                keyset.name(),
                keyset.version(),
                keyset.keys().stream()
                        .map(key -> switch (key.role()) {
                            case INDEX -> status(key, key == index, KeyStatus.ACTIVE);
                            case ENC -> status(key, key == enc, KeyStatus.DECRYPT);
                            case SEAL -> key;
                        })
                        .toList());
    }

    private static KeysetKey status(KeysetKey key, boolean primary, KeyStatus otherwise) {
        return key.isUsable() ? key.in(primary ? KeyStatus.PRIMARY : otherwise) : key;
    }

    /**
     * The tokens of a value, those of the primary keys first.
     *
     * @param value in any spelling that masking takes for the same
     * @throws RejectedException when it is none of the type; the message holds no value
     */
    public List<Tokens> tokensOf(String value) {
        Value typed = type.equals("number") ? number(value) : Value.of(value);
        return maskers.stream()
                .map(masker -> ((TextValue) masker.mask(typed)).value())
                .map(token -> new Tokens(token.substring(0, FINGERPRINT), token))
                .toList();
    }

    private static Value number(String value) {
        try {
            return Value.of(new BigDecimal(value.strip()));
        } catch (NumberFormatException odd) {
            throw new RejectedException("wrong_type", "this is no number");
        }
    }
}
