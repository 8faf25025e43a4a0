package io.etlkit.transform.mask.internal.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.Masking;
import io.etlkit.transform.mask.Warnings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MissingPathWarningTest {
    private final Warnings warnings = Warnings.of(FieldMasker.class);
    private final Masking masking = new Masking(
            MaskField.of("u.ip", "redact").optional(),
            MaskField.of("s[*].ip", "redact").optional());

    @AfterEach
    void stopListening() {
        warnings.close();
    }

    @Test
    void trap9APathThatNeverMatchedInAThousandRecordsWarnsOnce() {
        mask("{\"u\":{}}", 1000);
        assertThat(warnings.texts()).isEmpty();
        mask("{\"u\":{}}", 1);
        assertThat(warnings.texts())
                .containsExactly(
                        "mask: the first 1000 records had no field u.ip; is its path right?",
                        "mask: the first 1000 records had no field s[*].ip; is its path right?");
        mask("{\"u\":{}}", 2000);
        assertThat(warnings.texts()).hasSize(2);
    }

    @Test
    void trap9APathThatMatchedOnceDoesNotWarn() {
        mask("{\"u\":{}}", 999);
        mask("{\"u\":{\"ip\":\"canary\"},\"s\":[{\"ip\":null}]}", 1);
        mask("{\"u\":{}}", 2000);
        assertThat(warnings.texts()).isEmpty();
    }

    private void mask(String body, int times) {
        for (int i = 0; i < times; i++) {
            masking.body(body);
        }
    }
}
