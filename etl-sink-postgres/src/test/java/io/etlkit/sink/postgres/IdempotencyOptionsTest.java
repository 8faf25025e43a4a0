package io.etlkit.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.engine.config.ConfigException;
import io.etlkit.sink.postgres.internal.schema.DuplicateRule;
import io.etlkit.testkit.TestConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdempotencyOptionsTest {
    private static final List<String> KEY = List.of("user_id", "create_date");

    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of(Map.of(), Idempotency.LEDGER, List.of()),
                Arguments.of(Map.of("idempotency", "none"), Idempotency.NONE, List.of()),
                Arguments.of(Map.of("idempotency", "column"), Idempotency.COLUMN, List.of("message_id")),
                Arguments.of(Map.of("column", "msg"), Idempotency.COLUMN, List.of("msg")),
                Arguments.of(Map.of("key", KEY), Idempotency.KEY, KEY),
                Arguments.of(Map.of("key", KEY, "onConflict", "update", "version", "v"), Idempotency.KEY, KEY));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void modeFollowsFromTheOptions(Map<String, Object> options, Idempotency mode, List<String> unique) {
        PostgresSinkConfig config = config(options);

        assertThat(config.idempotency()).contains(mode);
        assertThat(DuplicateRule.of(config).unique()).isEqualTo(unique);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(
                        Map.of("idempotency", "ledger", "key", KEY),
                        "key: needs idempotency: key, and it is ledger; remove one of the two"),
                Arguments.of(
                        Map.of("column", "msg", "key", KEY),
                        "column: needs idempotency: column, and it is key; remove one of the two"),
                Arguments.of(
                        Map.of("onConflict", "update"),
                        "onConflict: needs idempotency: key, and it is ledger; remove one of the two"),
                Arguments.of(
                        Map.of("idempotency", "none", "ledger", Map.of("manage", false)),
                        "ledger: needs idempotency: ledger, and it is none; remove one of the two"),
                Arguments.of(
                        Map.of("idempotency", "key"),
                        "key: is missing; idempotency: key needs the columns that identify a row, for example key:"
                                + " [user_id, create_date]"),
                Arguments.of(Map.of("key", List.of("a", "b", "a")), "key: names the column a twice"),
                Arguments.of(Map.of("key", List.of("")), "key: a column's name must not be empty"),
                Arguments.of(
                        Map.of("key", KEY, "version", "v"),
                        "version: needs onConflict: update; existing rows are not changed otherwise"),
                Arguments.of(
                        Map.of("key", KEY, "onConflict", "ignore", "version", "v"),
                        "version: needs onConflict: update; existing rows are not changed otherwise"),
                Arguments.of(
                        Map.of("key", KEY, "onConflict", "update", "version", "user_id"),
                        "version: must not be a column of the key"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void refusesContradictions(Map<String, Object> options, String message) {
        assertThatThrownBy(() -> config(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message.substring(message.indexOf(": ") + 2))
                .hasMessageContaining(message.substring(0, message.indexOf(':')));
    }

    private static PostgresSinkConfig config(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("url", "jdbc:postgresql://db/app");
        all.put("table", "t");
        return TestConfig.bind(PostgresSinkConfig.class, all);
    }
}
