package io.etlkit.sink.postgres;

import io.etlkit.api.Sink;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.SinkContract;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresSinkByColumnContractTest extends SinkContract {
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (id text NOT NULL, amount integer, message_id varchar(64) UNIQUE)");
    }

    @Override
    protected Sink open(TestContext context) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target", Map.of("idempotency", "column")),
                        context.withFields("id", "amount"));
    }

    @Override
    protected String body(int number) {
        return "{\"id\":\"row-" + number + "\",\"amount\":" + number + "}";
    }

    /** One column cannot tell the rows of one message apart. */
    @Override
    protected boolean takesSplitMessages() {
        return false;
    }

    @Override
    protected Optional<String> refusedBody() {
        return Optional.of("{\"id\":\"row-refused\",\"amount\":\"many\"}");
    }

    @Override
    protected long stored() {
        return database.count("target");
    }
}
