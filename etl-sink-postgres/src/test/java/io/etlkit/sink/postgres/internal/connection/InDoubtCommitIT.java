package io.etlkit.sink.postgres.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.TransientException;
import io.etlkit.api.WriteResult;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The batch was committed, but the answer was lost. To make this repeatable, the server waits for a standby that does not
 * exist: the commit is done by then, and the connection is ended while the server waits.
 */
@ExtendWith(PostgresExtension.class)
@Timeout(60)
class InDoubtCommitIT {
    private static final String OURS = "application_name = 'etlkit/test' AND datname = current_database()";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (k text PRIMARY KEY, n integer, message_id text UNIQUE, v numeric)");
    }

    @AfterEach
    void resetServer() {
        threads.shutdownNow();
        standby("RESET synchronous_standby_names");
    }

    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of(Map.of("idempotency", "ledger"), true),
                Arguments.of(Map.of("idempotency", "column"), true),
                Arguments.of(Map.of("key", List.of("k")), true),
                Arguments.of(Map.of("key", List.of("k"), "onConflict", "update", "version", "v"), true),
                Arguments.of(Map.of("key", List.of("k"), "onConflict", "update"), false));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void isWrittenAgainWithoutEffect(Map<String, Object> options, boolean tellsDuplicates) throws Exception {
        List<EtlRecord> batch = IntStream.range(0, 10)
                .mapToObj(n -> TestRecords.json("m" + n, "{\"k\":\"k" + n + "\",\"n\":" + n + "}"))
                .toList();
        PostgresSinkConfig config = PostgresFixtures.config(database, "target", options);
        try (Sink sink =
                new PostgresSinkFactory().create(config, TestContext.defaults().withFields("k", "n"))) {
            // so that nothing else is committed first, such as a new partition of the ledger
            sink.write(List.of(TestRecords.json("before", "{\"k\":\"before\"}")));
            standby("SET synchronous_standby_names = 'nobody'");
            Future<WriteResult> write = threads.submit(() -> sink.write(batch));
            await("the commit waits")
                    .until(() ->
                            database.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND " + OURS)
                                            .size()
                                    == 1);
            database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + OURS);
            assertThatThrownBy(write::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TransientException.class);
            assertThat(database.count("target")).isEqualTo(11);
            standby("RESET synchronous_standby_names");

            WriteResult again = sink.write(batch);

            assertThat(tellsDuplicates ? again.duplicate() : again.written()).hasSize(10);
        }
        assertThat(database.count("target")).isEqualTo(11);
    }

    private void standby(String setting) {
        database.execute("ALTER SYSTEM " + setting);
        database.query("SELECT pg_reload_conf()");
        String value = setting.startsWith("SET") ? "nobody" : "";
        await("the server has taken its settings")
                .until(() -> database.column("SELECT current_setting('synchronous_standby_names')")
                        .equals(List.of(value)));
    }
}
