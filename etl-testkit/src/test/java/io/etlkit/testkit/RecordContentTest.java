package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordContentTest {
    private static final EtlRecord RECORD =
            TestRecords.json("m", "{\"ip\":\"10.0.0.1\",\"more\":[{\"id\":4711,\"short\":\"abc\"},true,null]}");

    @ParameterizedTest
    @ValueSource(strings = {"bad value 10.0.0.1 in row", "(4711, x)"})
    void findsAValue(String text) {
        assertThatThrownBy(() -> RecordContent.assertAbsent(RECORD, text))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("a value of the record stands in: ");
    }

    @Test
    void passesNamesAndWhatStandsThereByChance() {
        assertThatCode(() -> RecordContent.assertAbsent(RECORD, "field ip is too long: abc"))
                .doesNotThrowAnyException();
    }
}
