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

/** Updates, and recognises a redelivery by its version. */
@ExtendWith(PostgresExtension.class)
class PostgresSinkByVersionContractTest extends SinkContract {
    private TestDatabase database;

    @BeforeEach
    void makeTable(TestDatabase own) {
        database = own;
        database.execute("CREATE TABLE target (id text PRIMARY KEY, amount integer CHECK (amount >= 0), v numeric)");
    }

    @Override
    protected Sink open(TestContext context) {
        return new PostgresSinkFactory()
                .create(
                        PostgresFixtures.config(
                                database,
                                "target",
                                Map.of("key", List.of("id"), "onConflict", "update", "version", "v")),
                        context.withFields("id", "amount"));
    }

    @Override
    protected String body(int number) {
        return "{\"id\":\"row-" + number + "\",\"amount\":" + number + "}";
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
