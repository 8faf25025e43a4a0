package io.etlkit.sink.postgres;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import java.util.List;

/** Writes records to a Postgres table; see {@code docs/postgres.md}. */
final class PostgresSink implements Sink {
    private final LazyConnection<TableWriter> connection;
    private final TargetTable table;

    private PostgresSink(LazyConnection<TableWriter> connection, TargetTable table) {
        this.connection = connection;
        this.table = table;
    }

    /** Connects, and sees to the table. */
    static PostgresSink start(Connector connector, TargetTable table) {
        LazyConnection<TableWriter> connection = new LazyConnection<>(connector, table);
        connection.start();
        return new PostgresSink(connection, table);
    }

    @Override
    public WriteResult write(List<EtlRecord> batch) throws InterruptedException {
        return connection.call((handle, writer) -> writer.write(batch));
    }

    @Override
    public void close() {
        connection.close();
        table.close();
    }
}
