package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.PluginContext;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.connection.ReconnectingConnection;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps dead letters in a Postgres table; see {@code docs/postgres.md}. */
public final class PostgresDeadLetterSink implements DeadLetterSink {
    private final ReconnectingConnection<DeadLetterWriter> connection;
    private final Optional<DeadLetterExpiry> expiry;

    private PostgresDeadLetterSink(
            ReconnectingConnection<DeadLetterWriter> connection, Optional<DeadLetterExpiry> expiry) {
        this.connection = connection;
        this.expiry = expiry;
    }

    /**
     * Connects, and creates the table when it is missing.
     *
     * @param retention after how long dead letters are deleted while the sink is open; empty: never
     */
    public static PostgresDeadLetterSink start(
            Connector connector, TableName name, Optional<Duration> retention, PluginContext context) {
        DeadLetterTable table = new DeadLetterTable(name);
        ReconnectingConnection<DeadLetterWriter> connection = new ReconnectingConnection<>(connector, table);
        connection.start();
        return new PostgresDeadLetterSink(
                connection,
                retention.map(kept -> DeadLetterExpiry.start(connector, table, kept, context, DeadLetterExpiry.DAILY)));
    }

    @Override
    public void write(List<DeadLetter> letters) throws InterruptedException {
        connection.call((handle, writer) -> {
            writer.write(letters);
            return letters.size();
        });
    }

    @Override
    public void close() {
        try {
            expiry.ifPresent(DeadLetterExpiry::close);
        } finally {
            connection.close();
        }
    }
}
