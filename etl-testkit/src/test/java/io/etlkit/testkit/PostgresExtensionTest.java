package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresExtensionTest {
    @Test
    void givesEachParameterADatabaseOfItsOwn(TestDatabase one, TestDatabase other) {
        one.execute("CREATE TABLE t (id int, name text); INSERT INTO t VALUES (1, 'a'), (2, NULL)");

        assertThat(one.count("t")).isEqualTo(2);
        assertThat(one.column("SELECT name FROM t WHERE id >= ? ORDER BY id", 1))
                .containsExactly("a", "null");
        assertThat(one.query("SELECT * FROM t WHERE id = ?", 1))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("id", 1).containsEntry("name", "a"));
        assertThat(other.column("SELECT count(*) FROM pg_tables WHERE tablename = 't'"))
                .containsExactly("0");
    }

    @Test
    void tellsHowToConnect(TestDatabase database) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            assertThat(connection.getCatalog()).isEqualTo(database.name());
        }
    }

    @Test
    void dropsADatabaseThatIsStillInUse(TestDatabase database, TestDatabase witness) throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(connection.isValid(5)).isTrue();
            database.close();

            assertThat(witness.column("SELECT datname FROM pg_database")).doesNotContain(database.name());
        }
    }
}
