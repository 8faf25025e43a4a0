package io.etlkit.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.etlkit.api.config.Secret;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresSinkConfigTest {
    private static final String URL = "jdbc:postgresql://db:5433/app?user=u&password=hunter2";

    @Test
    void countsAnEmptyUserAndPasswordAsAbsent() {
        PostgresSinkConfig config = config(URL, "t", Map.of(), Duration.ofSeconds(30));

        assertThat(config.user()).isEmpty();
        assertThat(config.password()).isEmpty();
    }

    @Test
    void refusesAUrlOfSomethingElseWithoutRepeatingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config("postgres://u:hunter2@db/app", "t", Map.of(), Duration.ofSeconds(30)))
                .withMessage("url: not a Postgres JDBC URL; write jdbc:postgresql://HOST:PORT/DATABASE");
    }

    @Test
    void refusesAUserInTheUrlBeforeTheDriverLogsThePassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config("jdbc:postgresql://u:hunter2@db/app", "t", Map.of(), Duration.ofSeconds(30)))
                .withMessage("url: must not contain a user; set the options user and password");
    }

    @Test
    void refusesATableNameOfThreeParts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(URL, "a.b.c", Map.of(), Duration.ofSeconds(30)))
                .withMessage("table: at most a schema and a name, with one dot between: \"a.b.c\"");
    }

    @Test
    void refusesWhatIsNotAType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(URL, "t", Map.of("v", "varchar(32"), Duration.ofSeconds(30)))
                .withMessage("columns: v: not a type name: \"varchar(32\"; write it as Postgres does, for example"
                        + " varchar(32)");
    }

    @Test
    void refusesATimeoutOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(URL, "t", Map.of(), Duration.ofMillis(10)))
                .withMessage("statementTimeout: must be between 1s and 1h, and is 10ms");
    }

    @Test
    void refusesADeadLetterTableWithoutAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deadLetters(""))
                .withMessage("table: a name must not be empty: \"\"");
    }

    @Test
    void showsNoPasswordOfTheUrl() {
        assertThat(config(URL, "t", Map.of(), Duration.ofSeconds(30))).hasToString("PostgresSinkConfig[table=t]");
        assertThat(deadLetters("letters")).hasToString("PostgresDeadLetterConfig[table=letters]");
    }

    private static PostgresSinkConfig config(
            String url, String table, Map<String, String> columns, Duration statementTimeout) {
        return PostgresSinkConfig.builder()
                .url(url)
                .user("")
                .password(Secret.of(""))
                .table(table)
                .columns(columns)
                .statementTimeout(statementTimeout)
                .build();
    }

    private static PostgresDeadLetterConfig deadLetters(String table) {
        return PostgresDeadLetterConfig.builder().url(URL).table(table).build();
    }
}
