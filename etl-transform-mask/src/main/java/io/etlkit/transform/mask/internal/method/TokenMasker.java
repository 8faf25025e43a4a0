package io.etlkit.transform.mask.internal.method;

import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.encoding.Bytes;
import io.etlkit.transform.mask.internal.method.MaskingMethod.ValueMasker;
import io.etlkit.transform.mask.internal.token.TokenText;
import io.etlkit.transform.mask.internal.type.Rejections;
import io.etlkit.transform.mask.internal.type.TextForm;
import io.etlkit.transform.mask.internal.type.ValueType;
import io.etlkit.transform.mask.internal.type.ValueTypes;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.Revealer;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns the values of one field into tokens. Used by one thread at a time. */
public final class TokenMasker implements ValueMasker {
    private final MaskField field;
    private final ValueType type;
    private final Supplier<Bytes> begin;
    private final Supplier<String> token;
    private final Optional<Revealer> verifier;

    /**
     * Masks by a writer of tokens.
     *
     * @param begin starts a value, and gives where its type tag and canonical form are to be put
     * @param token the token of what was put
     * @param keyset verifies tokens that are kept
     */
    public TokenMasker(MaskField field, Supplier<Bytes> begin, Supplier<String> token, Keyset keyset) {
        this.field = field;
        this.type = ValueTypes.find(field.type());
        this.begin = begin;
        this.token = token;
        this.verifier = field.existing().map(keep -> Revealer.open(keyset));
    }

    @Override
    public Value mask(Value value) {
        if (value instanceof TextValue text && TokenText.isToken(TextForm.strip(text.value()))) {
            return existing(text);
        }
        Bytes canonical = begin.get().put(type.tag().tag());
        type.putCanonical(value, field, canonical);
        return Value.of(token.get());
    }

    /** Whoever can send records could otherwise claim another's fingerprint. */
    private Value existing(TextValue text) {
        try {
            if (verifier.isPresent()
                    && TokenText.parse(text.value()).isPresent()
                    && verifier.get()
                            .reveal(text.value(), field.domainName())
                            .type()
                            .equals(field.type())) {
                return text;
            }
        } catch (RevealException unverified) {
            throw Rejections.alreadyMasked(field);
        }
        throw Rejections.alreadyMasked(field);
    }
}
