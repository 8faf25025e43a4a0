package io.etlkit.sink.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user_logins                 | \"user_logins\"",
                "app.user_logins             | \"app\".\"user_logins\"",
                "App.UserLogins              | \"App\".\"UserLogins\"",
                "app.\"odd.name\"            | \"app\".\"odd.name\"",
                "\"a\"\"b\"                  | \"a\"\"b\"",
                "a; DROP TABLE b             | \"a; DROP TABLE b\"",
            })
    void quotesNames(String written, String sql) {
        assertThat(TableName.parse(written).sql()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.", ".a", "a.b.c", "\"a", "a\0b"})
    void refusesWhatIsNotAName(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> TableName.parse(written));
    }

    @Test
    void refusesANameThatPostgresWouldCut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableName.parse("x".repeat(64)))
                .withMessageContaining("at most 63 bytes");
    }
}
