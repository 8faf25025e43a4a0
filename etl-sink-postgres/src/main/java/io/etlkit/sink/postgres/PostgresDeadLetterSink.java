package io.etlkit.sink.postgres;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import java.util.List;

/** Keeps dead letters in a Postgres table; see {@code docs/postgres.md}. */
final class PostgresDeadLetterSink implements DeadLetterSink {
    private final LazyConnection<DeadLetterTable.Writer> connection;

    private PostgresDeadLetterSink(LazyConnection<DeadLetterTable.Writer> connection) {
        this.connection = connection;
    }

    /** Connects, and makes the table when it is missing. */
    static PostgresDeadLetterSink start(Connector connector, DeadLetterTable table) {
        LazyConnection<DeadLetterTable.Writer> connection = new LazyConnection<>(connector, table);
        connection.start();
        return new PostgresDeadLetterSink(connection);
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
        connection.close();
    }
}
