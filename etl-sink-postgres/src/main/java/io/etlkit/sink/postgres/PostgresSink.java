package io.etlkit.sink.postgres;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import java.util.List;

/** Writes records to a Postgres table; see {@code docs/postgres.md}. */
final class PostgresSink implements Sink {
    private final LazyConnection<TableWriter> connection;

    private PostgresSink(LazyConnection<TableWriter> connection) {
        this.connection = connection;
    }

    /** Connects, and sees to the table. */
    static PostgresSink start(Connector connector, TargetTable table) {
        LazyConnection<TableWriter> connection = new LazyConnection<>(connector, table);
        connection.start();
        return new PostgresSink(connection);
    }

    @Override
    public WriteResult write(List<EtlRecord> batch) throws InterruptedException {
        return connection.call((handle, writer) -> writer.write(batch));
    }

    @Override
    public void close() {
        connection.close();
    }
}
