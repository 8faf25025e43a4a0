package io.etlkit.sink.postgres;

import io.etlkit.api.PluginContext;
import io.etlkit.api.StartupException;
import io.etlkit.sink.postgres.FailurePolicy.Phase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table that a pipeline writes: compares it with what the pipeline produces, at start mends it as far as the schema
 * mode allows, and sets up a writer for it on each new connection. Used by one thread.
 */
final class TargetTable implements LazyConnection.Setup<TableWriter> {
    private static final Logger LOG = LoggerFactory.getLogger(TargetTable.class);

    private final PostgresSinkConfig config;
    private final PluginContext context;
    private final TableName table;
    private final ReferencePatience patience;

    TargetTable(PostgresSinkConfig config, PluginContext context) {
        this.config = config;
        this.context = context;
        this.table = TableName.parse(config.table());
        this.patience = new ReferencePatience(context.clock());
    }

    /**
     * Looks at the table, mends it at start, and sets up a writer.
     *
     * @throws StartupException when the table does not fit
     */
    @Override
    public TableWriter prepare(Handle handle, Phase phase) throws SQLException {
        Catalog catalog = new Catalog(handle);
        if (phase == Phase.START) {
            mend(handle, catalog);
        }
        requireFit(plan(catalog, SchemaMode.CHECK));
        CatalogTable found =
                catalog.table(table).orElseThrow(() -> new StartupException("table " + table + " is gone"));
        if (phase == Phase.START) {
            new Durability(catalog, config.allowUnsafeDurability()).require(found);
            requireInsert(catalog, found);
        }
        Optional<Ledger> ledger = ledger(found, handle);
        if (phase == Phase.START) {
            ledger.flatMap(present -> catalog.table(present.table())).ifPresent(own -> requireInsert(catalog, own));
        }
        return new TableWriter(handle, found.name(), columns(found), ledger, context.pipeline(), patience);
    }

    private void mend(Handle handle, Catalog catalog) throws SQLException {
        if (plan(catalog, config.schema()).statements().isEmpty()) {
            return;
        }
        int timeout = handle.getConnection().getNetworkTimeout();
        // rewriting a large table takes as long as it takes
        handle.getConnection().setNetworkTimeout(Runnable::run, 0);
        new OwnTables(handle).change(table, () -> {
            handle.execute("SET LOCAL statement_timeout = 0");
            SchemaPlan plan = plan(catalog, config.schema());
            requireFit(plan);
            plan.statements().forEach(statement -> {
                LOG.info("schema: {}: {}", config.schema().name().toLowerCase(Locale.ROOT), statement);
                handle.execute(statement);
            });
        });
        handle.getConnection().setNetworkTimeout(Runnable::run, timeout);
    }

    private SchemaPlan plan(Catalog catalog, SchemaMode mode) {
        return SchemaPlan.of(table, catalog.table(table), context.fields(), config.columns(), mode);
    }

    private void requireFit(SchemaPlan plan) {
        if (!plan.problems().isEmpty()) {
            throw new StartupException(
                    "table " + table + " does not fit the pipeline:\n  - " + String.join("\n  - ", plan.problems()));
        }
    }

    private static void requireInsert(Catalog catalog, CatalogTable found) {
        if (!catalog.mayInsert(found.name())) {
            throw new StartupException("user " + catalog.user() + " may not insert into " + found.name()
                    + ": GRANT INSERT ON " + found.name().sql() + " TO " + TableName.quote(catalog.user()));
        }
    }

    private Optional<Ledger> ledger(CatalogTable found, Handle handle) {
        if (config.idempotency() == Idempotency.NONE) {
            return Optional.empty();
        }
        Ledger ledger = new Ledger(found.name(), context.clock());
        ledger.prepare(handle);
        return Optional.of(ledger);
    }

    /** Only what the pipeline produces is in the INSERT: other columns keep their default. */
    private List<TargetColumn> columns(CatalogTable found) {
        List<String> names = new ArrayList<>();
        if (context.fields().isPresent()) {
            names.addAll(context.fields().get());
        } else {
            found.columns().stream()
                    .filter(column -> !column.generated())
                    .filter(column -> !column.hasDefault() || config.columns().containsKey(column.name()))
                    .forEach(column -> names.add(column.name()));
        }
        return names.stream()
                .map(name -> TargetColumn.of(
                        Objects.requireNonNull(found.column(name).orElse(null))))
                .toList();
    }
}
