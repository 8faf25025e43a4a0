package io.etlkit.sink.postgres.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.TransientException;
import io.etlkit.sink.postgres.PostgresDeadLetterSinkFactory;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.testkit.DeadLetterStoreContract;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresDeadLetterStoreTest extends DeadLetterStoreContract {
    private TestDatabase database;

    @BeforeEach
    void takeDatabase(TestDatabase own) {
        database = own;
    }

    @Override
    protected DeadLetterSink openSink(TestContext context) {
        return new PostgresDeadLetterSinkFactory()
                .create(PostgresFixtures.deadLetters(database, "etl_dead_letters"), context);
    }

    @Override
    protected DeadLetterStore openStore(TestContext context) {
        return new PostgresDeadLetterSinkFactory()
                .open(PostgresFixtures.deadLetters(database, "etl_dead_letters"), context);
    }

    @Test
    void createsNoTable() throws InterruptedException {
        try (DeadLetterStore store = openStore(TestContext.defaults())) {
            assertThat(store.list(Optional.empty(), 10).letters()).isEmpty();
        }
        assertThat(database.query("SELECT to_regclass('etl_dead_letters') AS it"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("it")).isNull());
    }

    @Test
    void readsWhatSomebodyChangedByHand() throws InterruptedException {
        openSink(TestContext.defaults()).close();
        database.execute(
                "INSERT INTO etl_dead_letters VALUES ('test', 'm1', now(), 'by hand', NULL, 'Not A Code', 'a[',"
                        + " 'a note', 1, now(), now(), 'clear', '\\x7b')");
        try (DeadLetterStore store = openStore(TestContext.defaults().withPipeline("test"))) {
            StoredDeadLetter read = store.find(Set.of("m1")).get(0);

            assertThat(read.letter().stage()).isEqualTo(Stage.SINK);
            assertThat(read.letter().rejection().reason()).isEqualTo("unreadable");
            assertThat(read.letter().rejection().message()).isEqualTo("a note");
            assertThat(read.letter().original()).isEqualTo(new Omitted());
        }
    }

    @Test
    void continuesOnANewConnection() throws InterruptedException {
        openSink(TestContext.defaults()).close();
        try (DeadLetterStore store = openStore(TestContext.defaults().withPipeline("lost"))) {
            database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'etlkit/lost' AND datname = current_database()");
            assertThatThrownBy(() -> store.list(Optional.empty(), 10))
                    .isInstanceOf(TransientException.class)
                    .hasNoCause();
            assertThat(store.list(Optional.empty(), 10).letters()).isEmpty();
        }
    }
}
