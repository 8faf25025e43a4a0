package io.etlkit.sink.postgres;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.PluginContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps dead letters in a Postgres table; see {@code docs/postgres.md}. */
final class PostgresDeadLetterSink implements DeadLetterSink {
    private final LazyConnection<DeadLetterTable.Writer> connection;
    private final Optional<LetterExpiry> expiry;

    private PostgresDeadLetterSink(LazyConnection<DeadLetterTable.Writer> connection, Optional<LetterExpiry> expiry) {
        this.connection = connection;
        this.expiry = expiry;
    }

    /**
     * Connects, and creates the table when it is missing.
     *
     * @param retention after how long dead letters are deleted while the sink is open; empty: never
     */
    static PostgresDeadLetterSink start(
            Connector connector, DeadLetterTable table, Optional<Duration> retention, PluginContext context) {
        LazyConnection<DeadLetterTable.Writer> connection = new LazyConnection<>(connector, table);
        connection.start();
        return new PostgresDeadLetterSink(
                connection,
                retention.map(kept -> LetterExpiry.start(connector, table, kept, context, LetterExpiry.DAILY)));
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
            expiry.ifPresent(LetterExpiry::close);
        } finally {
            connection.close();
        }
    }
}
