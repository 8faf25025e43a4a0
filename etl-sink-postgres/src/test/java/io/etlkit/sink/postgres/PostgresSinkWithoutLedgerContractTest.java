package io.etlkit.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.Sink;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.SinkContract;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** At least once. What the table itself refuses (a check) is refused as a whole batch. */
@ExtendWith(PostgresExtension.class)
class PostgresSinkWithoutLedgerContractTest extends SinkContract {
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (id text NOT NULL, amount integer CHECK (amount >= 0))");
    }

    @AfterEach
    void createsNoLedger() {
        assertThat(database.column("SELECT to_regclass('etl_ledger')")).containsExactly("null");
    }

    @Override
    protected Sink open(TestContext context) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target", Map.of("idempotency", "none")),
                        context.withFields("id", "amount"));
    }

    @Override
    protected String body(int number) {
        return "{\"id\":\"row-" + number + "\",\"amount\":" + number + "}";
    }

    @Override
    protected boolean knowsDuplicates() {
        return false;
    }

    @Override
    protected Optional<String> refusedBody() {
        return Optional.of("{\"id\":\"row-refused\",\"amount\":-4711}");
    }

    @Override
    protected long stored() {
        return database.count("target");
    }
}
