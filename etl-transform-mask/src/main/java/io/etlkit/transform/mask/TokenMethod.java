package io.etlkit.transform.mask;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.util.List;
import java.util.Optional;

/** The methods {@code hmac} and {@code aes-gcm}: a value becomes a token, and equal values become tokens with equal starts. */
final class TokenMethod implements MaskingMethod {
    private final boolean reversible;

    TokenMethod(boolean reversible) {
        this.reversible = reversible;
    }

    @Override
    public boolean needsKeys() {
        return true;
    }

    @Override
    public ValueMasker masker(MaskField field, Optional<Keyset> keyset) {
        return new TokenMasker(field, keyset.orElseThrow(() -> new StartupException("masking needs a keyset")));
    }

    private final class TokenMasker implements ValueMasker {
        private final MaskField field;
        private final ValueType type;
        private final TokenWriter writer;
        private final Optional<Revealer> verifier;

        TokenMasker(MaskField field, Keyset keyset) {
            this.field = field;
            this.type = ValueTypes.find(field.type());
            String generation = keyset.primary(KeyRole.INDEX).id();
            List<KeysetKey> chain = keyset.indexChain(generation)
                    .orElseThrow(() -> new StartupException("keyset \"" + keyset.name() + "\": a key that index key "
                            + generation + " is laid over is missing or destroyed"));
            Optional<KeysetKey> encryption = reversible ? Optional.of(keyset.primary(KeyRole.ENC)) : Optional.empty();
            this.writer = new TokenWriter(chain, encryption, field.domainName());
            this.verifier = field.existing().map(keep -> Revealer.open(keyset));
        }

        @Override
        public Value mask(Value value) {
            if (value instanceof TextValue text
                    && TokenText.parse(TextForm.strip(text.value())).isPresent()) {
                return existing(text);
            }
            Bytes canonical = writer.begin().put(type.tag().tag());
            type.putCanonical(value, field, canonical);
            return Value.of(reversible ? writer.reversible() : writer.irreversible());
        }

        /** Whoever can send records could otherwise claim another's fingerprint. */
        private Value existing(TextValue text) {
            try {
                if (verifier.isPresent()
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
}
