package io.etlkit.sink.postgres.internal.write;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.connection.ReconnectingConnection;
import java.util.List;

/** Writes records to a Postgres table; see {@code docs/postgres.md}. */
public final class PostgresSink implements Sink {
    private final ReconnectingConnection<TableWriter> connection;
    private final TargetTable table;

    private PostgresSink(ReconnectingConnection<TableWriter> connection, TargetTable table) {
        this.connection = connection;
        this.table = table;
    }

    /** Connects, and checks or changes the table as the configuration says. */
    public static PostgresSink start(PostgresSinkConfig config, Connector connector, PluginContext context) {
        TargetTable table = new TargetTable(config, context, connector);
        ReconnectingConnection<TableWriter> connection = new ReconnectingConnection<>(connector, table);
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
