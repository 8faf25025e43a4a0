package io.etlkit.transform.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.etlkit.api.EtlRecord;
import io.etlkit.testkit.RecordContent;
import io.etlkit.testkit.TestRecords;
import io.etlkit.transform.mask.internal.crypto.Aead;
import io.etlkit.transform.mask.internal.crypto.AesGcm;
import io.etlkit.transform.mask.internal.field.FieldMasker;
import io.etlkit.transform.mask.internal.field.MaskTransform;
import io.etlkit.transform.mask.internal.field.ObjectMasker;
import io.etlkit.transform.mask.internal.keyset.KeysetKey;
import io.etlkit.transform.mask.internal.method.TokenMasker;
import io.etlkit.transform.mask.internal.token.CipherSuite;
import io.etlkit.transform.mask.internal.token.TokenWriter;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Trap 9 of the design, where it is the cipher that fails. */
class FailClosedTest {
    private static final String DOMAIN = "ip";

    private final FailingCipher cipher = new FailingCipher();

    /** Not even {@code onInvalid} makes a failure into a value; the next record is masked as if nothing had been. */
    @Test
    void aRecordWhoseCipherFailsDoesNotComeOut() {
        EtlRecord record = TestRecords.json("m", "{\"v\":\"203.0.113.9\",\"w\":1}");
        MaskField field = MaskField.of("v", "aes-gcm").withType("ip").withDomain(DOMAIN);
        for (MaskField.OnInvalid onInvalid : MaskField.OnInvalid.values()) {
            try (MaskTransform transform = transform(field.withOnInvalid(onInvalid))) {
                cipher.failing = true;
                Throwable failed = catchThrowable(() -> transform.apply(record));
                assertThat(failed).isInstanceOf(IllegalStateException.class).hasMessage("the provider failed");
                RecordContent.assertAbsent(record, String.valueOf(failed));

                cipher.failing = false;
                assertThat(transform.apply(record))
                        .extracting(EtlRecord::body)
                        .containsExactly(
                                Masking.json("{\"v\":\"" + Vectors.named("ip").token() + "\",\"w\":1}"));
            }
        }
    }

    private MaskTransform transform(MaskField field) {
        Keyset keyset = Vectors.keyset();
        KeysetKey index = keyset.primary(KeyRole.INDEX);
        KeysetKey enc = keyset.primary(KeyRole.ENC);
        cipher.real = CipherSuite.GCM.open(enc, index.id(), DOMAIN);
        TokenWriter writer = new TokenWriter(List.of(index), DOMAIN, ".g" + enc.id(), cipher);
        TokenMasker masker = new TokenMasker(field, writer::begin, writer::reversible, keyset);
        ObjectMasker holder = new ObjectMasker(List.of(), false, List.of(new FieldMasker(field, masker)));
        return new MaskTransform(List.of(holder), Optional.of(keyset));
    }

    private static final class FailingCipher implements Aead {
        private Aead real = new AesGcm(new byte[32]);
        private boolean failing;

        @Override
        public int encrypt(byte[] nonce, byte[] aad, byte[] plaintext, int from, int length, byte[] out) {
            if (failing) {
                throw new IllegalStateException("the provider failed");
            }
            return real.encrypt(nonce, aad, plaintext, from, length, out);
        }

        @Override
        public Optional<byte[]> decrypt(byte[] nonce, byte[] aad, byte[] ciphertext) {
            return real.decrypt(nonce, aad, ciphertext);
        }
    }
}
