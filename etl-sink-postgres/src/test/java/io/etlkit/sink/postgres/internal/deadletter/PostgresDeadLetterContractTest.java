package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.DeadLetterSink;
import io.etlkit.sink.postgres.PostgresDeadLetterSinkFactory;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.testkit.DeadLetterSinkContract;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresDeadLetterContractTest extends DeadLetterSinkContract {
    private TestDatabase database;

    @BeforeEach
    void takeDatabase(TestDatabase own) {
        database = own;
    }

    @Override
    protected DeadLetterSink open(TestContext context) {
        return new PostgresDeadLetterSinkFactory()
                .create(PostgresFixtures.deadLetters(database, "etl_dead_letters"), context);
    }

    @Override
    protected Map<String, String> reasons() {
        return database.query("SELECT message_id, reason FROM etl_dead_letters").stream()
                .collect(Collectors.toMap(
                        row -> String.valueOf(row.get("message_id")), row -> String.valueOf(row.get("reason"))));
    }
}
