package io.etlkit.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.dev.DevServices;
import io.etlkit.api.dev.DevServicesProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedDevServicesTest {
    private static DevServices services;

    @BeforeAll
    static void start() {
        services = ServiceLoader.load(DevServicesProvider.class)
                .findFirst()
                .orElseThrow()
                .start();
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    @Test
    void tellsPluginsWhereItsServersAre() {
        assertThat(services.options().get("sqs"))
                .containsOnlyKeys("endpoint", "region", "accessKeyId", "secretAccessKey");
        assertThat(services.options().get("sqs").get("endpoint").toString()).startsWith("http://127.0.0.1:");
        assertThat(services.options().get("postgres")).containsOnlyKeys("url", "user", "password");
        assertThat(services.options().get("postgres").get("url").toString()).startsWith("jdbc:postgresql://127.0.0.1:");
    }

    @Test
    void runsStatementsAndQueries() {
        services.execute("CREATE TABLE t (id int, name text); INSERT INTO t VALUES (1, 'a'), (2, NULL)");

        assertThat(services.query("SELECT id, name FROM t ORDER BY id"))
                .containsExactly(List.of("id", "name"), List.of("1", "a"), List.of("2", ""));
    }

    @Test
    void quotesNoValueOfARefusedStatement() {
        services.execute("CREATE TABLE strict (id int PRIMARY KEY)");

        assertThatThrownBy(() -> services.execute("INSERT INTO strict VALUES (4711), (4711)"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the embedded Postgres refused a statement, SQLSTATE 23505")
                .hasNoCause();
    }

    @Test
    void fillsAQueue() {
        services.createQueue("filled");
        services.createQueue("filled");
        services.send("filled", List.of("a", "b"));

        assertThat(services.depth("filled")).isEqualTo(2);
    }
}
