package io.etlkit.transform.mask.internal.method;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.TokenKind;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.token.CipherSuite;
import io.etlkit.transform.mask.internal.token.RandomTokenWriter;
import io.etlkit.transform.mask.internal.token.TokenWriter;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The methods that turn values into tokens; but for {@code aes-gcm-random}, equal values into tokens with equal starts. */
final class TokenMethod implements MaskingMethod {
    private final TokenKind kind;

    TokenMethod(TokenKind kind) {
        this.kind = kind;
    }

    @Override
    public boolean needsKeys() {
        return true;
    }

    @Override
    public Set<MethodOption> options() {
        Set<MethodOption> options =
                EnumSet.of(MethodOption.TYPE, MethodOption.COERCE, MethodOption.DOMAIN, MethodOption.ON_INVALID);
        options.addAll(
                kind == TokenKind.AES_GCM_RANDOM
                        ? EnumSet.of(MethodOption.INDEX, MethodOption.INDEX_TO)
                        : EnumSet.of(MethodOption.EXISTING));
        return options;
    }

    @Override
    public ValueMasker masker(MaskField field, Optional<Keyset> keyset) {
        return masker(field, keyset.orElseThrow(() -> new StartupException("masking needs a keyset")));
    }

    private ValueMasker masker(MaskField field, Keyset keyset) {
        String domain = field.domainName();
        if (kind == TokenKind.AES_GCM_RANDOM) {
            RandomTokenWriter writer = new RandomTokenWriter(keyset.primary(KeyRole.ENC), domain);
            return new TokenMasker(field, writer::begin, writer::token, keyset);
        }
        String generation = keyset.primary(KeyRole.INDEX).id();
        List<KeysetKey> chain = keyset.indexChain(generation)
                .orElseThrow(() -> new StartupException("keyset \"" + keyset.name() + "\": a key that index key "
                        + generation + " is laid over is missing or destroyed"));
        if (kind == TokenKind.HMAC) {
            TokenWriter writer = new TokenWriter(chain, domain);
            return new TokenMasker(field, writer::begin, writer::irreversible, keyset);
        }
        CipherSuite suite = kind == TokenKind.AES_GCM ? CipherSuite.GCM : CipherSuite.GCM_SIV;
        TokenWriter writer = new TokenWriter(chain, keyset.primary(KeyRole.ENC), suite, domain);
        return new TokenMasker(field, writer::begin, writer::reversible, keyset);
    }
}
