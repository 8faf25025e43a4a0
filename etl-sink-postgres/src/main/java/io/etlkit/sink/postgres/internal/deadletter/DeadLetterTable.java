package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.StartupException;
import io.etlkit.sink.postgres.internal.connection.ReconnectingConnection;
import io.etlkit.sink.postgres.internal.failure.Phase;
import io.etlkit.sink.postgres.internal.schema.Catalog;
import io.etlkit.sink.postgres.internal.schema.CatalogTable;
import io.etlkit.sink.postgres.internal.schema.DdlLock;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of dead letters: creates it when it is missing, and sets up a writer on each new connection. */
final class DeadLetterTable implements ReconnectingConnection.Setup<DeadLetterWriter> {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTable.class);

    static final List<String> COLUMNS = List.of(
            "pipeline",
            "message_id",
            "sent_at",
            "stage",
            "step",
            "reason",
            "field",
            "message",
            "attempts",
            "first_failed_at",
            "failed_at",
            "original_form",
            "original");

    private final TableName table;

    DeadLetterTable(TableName table) {
        this.table = table;
    }

    @Override
    public DeadLetterWriter prepare(Handle handle, Phase phase) {
        Catalog catalog = new Catalog(handle);
        new DdlLock(handle).createIfMissing(table, () -> create(handle));
        CatalogTable found = catalog.table(table)
                .orElseThrow(() -> new StartupException(
                        "cannot create table " + table + ": no schema of the user's search_path exists"));
        List<String> missing =
                COLUMNS.stream().filter(name -> found.column(name).isEmpty()).toList();
        if (!missing.isEmpty()) {
            throw new StartupException("table " + found.name() + " exists but has no columns "
                    + String.join(", ", missing)
                    + ": set another table for the dead letters; a table that does not exist is created");
        }
        return new DeadLetterWriter(handle, found.name());
    }

    private void create(Handle handle) {
        handle.execute("CREATE TABLE " + table.sql() + """
                 (
                    pipeline text COLLATE "C" NOT NULL,
                    message_id text COLLATE "C" NOT NULL,
                    sent_at timestamptz NOT NULL,
                    stage text NOT NULL,
                    step text,
                    reason text NOT NULL,
                    field text,
                    message text NOT NULL,
                    attempts integer NOT NULL,
                    first_failed_at timestamptz NOT NULL,
                    failed_at timestamptz NOT NULL,
                    original_form text NOT NULL,
                    original bytea,
                    PRIMARY KEY (pipeline, sent_at, message_id))""");
        handle.execute("COMMENT ON TABLE " + table.sql() + " IS 'etlkit dead letters, version 1'");
        LOG.info("created {}", table);
    }
}
