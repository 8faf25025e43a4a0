package io.etlkit.sink.postgres;

import io.etlkit.api.PluginContext;
import io.etlkit.api.StartupException;
import java.time.LocalDate;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The table of what has been written: one row a message, in a partition for each day (UTC) on which messages were sent.
 * Used by the thread that owns the connection; its upkeep has a thread and a connection of its own.
 */
final class Ledger implements AutoCloseable {
    private static final Set<String> KEY = Set.of("sent_at", "pipeline", "id");

    private final TableName table;
    private final LedgerPartitions partitions;
    private final LedgerUpkeep upkeep;

    Ledger(TableName target, LedgerConfig config, PluginContext context, Connector connector) {
        LedgerDdl ddl = LedgerDdl.beside(target);
        this.table = ddl.table();
        this.partitions =
                config.manage() ? new OwnPartitions(ddl, context.clock()) : new ForeignPartitions(ddl, context.clock());
        this.upkeep = new LedgerUpkeep(table, partitions, context, connector);
    }

    TableName table() {
        return table;
    }

    /** Sees to the table, and at start does the upkeep of the day as far as that goes without waiting for anybody. */
    void prepare(Handle handle, Phase phase) {
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
    void makeReady(Handle handle, Set<LocalDate> days) {
        upkeep.beginWhenDue();
        partitions.makeReady(handle, days);
    }

    /** What to tell when the server found no partition. */
    String missingPartition(Handle handle, Set<LocalDate> days) {
        return partitions.missing(handle, days);
    }

    /** Whether the server means this table, or a partition of it. */
    boolean isBlamedBy(Handle handle, SqlFailure failure) {
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
