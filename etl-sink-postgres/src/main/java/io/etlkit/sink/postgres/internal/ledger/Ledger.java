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
 * The table of what has been written: one row a message, in a partition for each day (UTC) on which messages were sent.
 * Used by the thread that owns the connection; its upkeep has a thread and a connection of its own.
 */
public final class Ledger implements AutoCloseable {
    private static final Set<String> KEY = Set.of("sent_at", "pipeline", "id");

    private final TableName table;
    private final LedgerPartitions partitions;
    private final LedgerMaintenance upkeep;

    public Ledger(TableName target, LedgerConfig config, PluginContext context, Connector connector) {
        LedgerDdl ddl = LedgerDdl.beside(target);
        this.table = ddl.table();
        this.partitions = config.manage()
                ? new ManagedPartitions(ddl, context.clock())
                : new UnmanagedPartitions(ddl, context.clock());
        this.upkeep = new LedgerMaintenance(table, partitions, context, connector);
    }

    public TableName table() {
        return table;
    }

    /** Sees to the table, and at start does the upkeep of the day as far as that goes without waiting for anybody. */
    public void prepare(Handle handle, Phase phase) {
        Catalog catalog = new Catalog(handle);
        requireVersion(catalog);
        catalog.table(table).ifPresent(Ledger::requireOurs);
        partitions.prepare(handle, phase);
        if (phase == Phase.START) {
            upkeep.atStart(handle);
        }
    }

    /** Before anything is made in it: a newer etlkit may need it otherwise. */
    private void requireVersion(Catalog catalog) {
        int version = LedgerDdl.versionIn(catalog.comment(table));
        if (version > LedgerDdl.VERSION) {
            throw new StartupException("the ledger " + table + " was made by a newer etlkit: it has version " + version
                    + ", and this one knows " + LedgerDdl.VERSION + "; run the newer one here too");
        }
    }

    private static void requireOurs(CatalogTable found) {
        if (!found.uniqueKeys().contains(KEY)) {
            throw new StartupException("table " + found.name()
                    + " is there, but is no ledger of etlkit, for it has no primary key (sent_at, pipeline, id): rename it, or"
                    + " set idempotency to another way than ledger");
        }
    }

    /** Sees to the partitions that a batch needs. */
    public void makeReady(Handle handle, Set<LocalDate> days) {
        upkeep.beginWhenDue();
        partitions.makeReady(handle, days);
    }

    /** What to tell when the server found no partition. */
    public String missingPartition(Handle handle, Set<LocalDate> days) {
        return partitions.missing(handle, days);
    }

    /** Whether the server means this table, or a partition of it. */
    public boolean isBlamedBy(Handle handle, PostgresFailure failure) {
        return failure.table()
                .filter(name -> name.equals(table.name()) || partitions.include(handle, name))
                .isPresent();
    }

    /** Ends the upkeep. */
    @Override
    public void close() {
        upkeep.close();
    }
}
