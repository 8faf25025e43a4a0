package io.etlkit.sink.postgres.internal.ledger;

import io.etlkit.api.PluginContext;
import io.etlkit.api.StartupException;
import io.etlkit.sink.postgres.LedgerConfig;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.failure.Phase;
import io.etlkit.sink.postgres.internal.failure.PostgresFailure;
import io.etlkit.sink.postgres.internal.schema.Catalog;
import io.etlkit.sink.postgres.internal.schema.CatalogTable;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.LocalDate;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The table of the messages that have been written: one row each, in a partition for each day (UTC) on which messages were
 * sent. Used by the thread that owns the connection; maintenance has a thread and a connection of its own.
 */
public final class Ledger implements AutoCloseable {
    private static final Set<String> KEY = Set.of("sent_at", "pipeline", "id");

    private final TableName table;
    private final LedgerPartitions partitions;
    private final LedgerMaintenance maintenance;

    public Ledger(TableName target, LedgerConfig config, PluginContext context, Connector connector) {
        LedgerDdl ddl = LedgerDdl.beside(target);
        this.table = ddl.table();
        this.partitions = config.manage()
                ? new ManagedPartitions(ddl, context.clock())
                : new UnmanagedPartitions(ddl, context.clock());
        this.maintenance = new LedgerMaintenance(table, partitions, context, connector);
    }

    public TableName table() {
        return table;
    }

    /** Creates or checks the table. At start it also does the maintenance of the day, as far as nothing has to be waited for. */
    public void prepare(Handle handle, Phase phase) {
        Catalog catalog = new Catalog(handle);
        requireVersion(catalog);
        catalog.table(table).ifPresent(Ledger::requireOurs);
        partitions.prepare(handle, phase);
        if (phase == Phase.START) {
            maintenance.runAtStart(handle);
        }
    }

    /** Comes before anything is created in the table: a newer etlkit may need it in another form. */
    private void requireVersion(Catalog catalog) {
        int version = LedgerDdl.versionIn(catalog.comment(table));
        if (version > LedgerDdl.VERSION) {
            throw new StartupException("the ledger " + table + " was created by a newer etlkit: it has version "
                    + version + ", and this etlkit supports version " + LedgerDdl.VERSION + "; upgrade this etlkit");
        }
    }

    private static void requireOurs(CatalogTable found) {
        if (!found.uniqueKeys().contains(KEY)) {
            throw new StartupException(
                    "table " + found.name()
                            + " exists but is not an etlkit ledger, because it has no primary key (sent_at, pipeline, id): rename it, or set another idempotency than ledger");
        }
    }

    /** Creates the partitions that a batch needs. */
    public void makeReady(Handle handle, Set<LocalDate> days) {
        maintenance.startWhenDue();
        partitions.makeReady(handle, days);
    }

    /** The error message when the server found no partition for one of these days. */
    public String missingPartition(Handle handle, Set<LocalDate> days) {
        return partitions.missing(handle, days);
    }

    /** Whether the server blames this table or a partition of it. */
    public boolean isBlamedBy(Handle handle, PostgresFailure failure) {
        return failure.table()
                .filter(name -> name.equals(table.name()) || partitions.include(handle, name))
                .isPresent();
    }

    /** Ends the maintenance. */
    @Override
    public void close() {
        maintenance.close();
    }
}
