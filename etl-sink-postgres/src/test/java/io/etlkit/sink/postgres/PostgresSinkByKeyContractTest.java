package io.etlkit.sink.postgres;

import io.etlkit.api.Sink;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.SinkContract;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresSinkByKeyContractTest extends SinkContract {
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (id text NOT NULL, amount smallint, UNIQUE (amount, id))");
    }

    @Override
    protected Sink open(TestContext context) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(database, "target", Map.of("key", List.of("id", "amount"))),
                        context.withFields("id", "amount"));
    }

    @Override
    protected String body(int number) {
        return "{\"id\":\"row-" + number + "\",\"amount\":" + number + "}";
    }

    /** A key takes no null. */
    @Override
    protected Optional<String> refusedBody() {
        return Optional.of("{\"id\":\"row-refused\"}");
    }

    @Override
    protected long stored() {
        return database.count("target");
    }
}
