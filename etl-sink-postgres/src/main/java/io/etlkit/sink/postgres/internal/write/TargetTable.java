package io.etlkit.sink.postgres.internal.write;

import io.etlkit.api.PluginContext;
import io.etlkit.api.StartupException;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import io.etlkit.sink.postgres.SchemaMode;
import io.etlkit.sink.postgres.internal.column.TargetColumn;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.connection.ReconnectingConnection;
import io.etlkit.sink.postgres.internal.failure.Phase;
import io.etlkit.sink.postgres.internal.ledger.Ledger;
import io.etlkit.sink.postgres.internal.schema.Catalog;
import io.etlkit.sink.postgres.internal.schema.CatalogColumn;
import io.etlkit.sink.postgres.internal.schema.CatalogTable;
import io.etlkit.sink.postgres.internal.schema.DdlLock;
import io.etlkit.sink.postgres.internal.schema.DuplicateRule;
import io.etlkit.sink.postgres.internal.schema.DurabilityCheck;
import io.etlkit.sink.postgres.internal.schema.PermissionChecks;
import io.etlkit.sink.postgres.internal.schema.SchemaPlan;
import io.etlkit.sink.postgres.internal.schema.TableName;
import io.etlkit.sink.postgres.internal.schema.TableRequirements;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table that a pipeline writes: compares it with what the pipeline produces, changes it at start as far as the schema
 * mode allows, and sets up a writer on each new connection. Used by one thread, except for {@link #close}.
 */
final class TargetTable implements ReconnectingConnection.Setup<TableWriter>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TargetTable.class);

    private final PostgresSinkConfig config;
    private final PluginContext context;
    private final TableName table;
    private final TableRequirements needs;
    private final ForeignKeyRetries foreignKeyRetries;
    private final Connector connector;
    /** Outlives the connections, because its maintenance does. */
    private volatile Optional<Ledger> ledger = Optional.empty();

    TargetTable(PostgresSinkConfig config, PluginContext context, Connector connector) {
        this.config = config;
        this.connector = connector;
        this.context = context;
        this.table = TableName.parse(config.table());
        this.needs = new TableRequirements(
                context.fields(), context.shortestTexts(), config.columns(), DuplicateRule.of(config));
        this.foreignKeyRetries = new ForeignKeyRetries(context.clock());
    }

    /**
     * Checks the table, changes it at start, and sets up a writer.
     *
     * @throws StartupException when the table does not fit
     */
    @Override
    public TableWriter prepare(Handle handle, Phase phase) throws SQLException {
        Catalog catalog = new Catalog(handle);
        if (phase == Phase.START) {
            applySchema(handle, catalog);
        }
        requireFit(plan(catalog, SchemaMode.CHECK));
        CatalogTable found =
                catalog.table(table).orElseThrow(() -> new StartupException("table " + table + " is gone"));
        if (phase == Phase.START) {
            new DurabilityCheck(catalog, config.allowUnsafeDurability()).require(found);
            PermissionChecks rights = new PermissionChecks(catalog);
            rights.requireInsert(found);
            rights.requireForKey(found, needs);
        }
        if (needs.rule().usesLedger()) {
            prepareLedger(found, catalog, handle, phase);
        }
        return new TableWriter(
                handle, found.name(), columns(found), needs.rule(), ledger, context.pipeline(), foreignKeyRetries);
    }

    private void applySchema(Handle handle, Catalog catalog) throws SQLException {
        if (plan(catalog, config.schema()).statements().isEmpty()) {
            return;
        }
        int timeout = handle.getConnection().getNetworkTimeout();
        // rewriting a large table may take long
        handle.getConnection().setNetworkTimeout(Runnable::run, 0);
        new DdlLock(handle).change(table, () -> {
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
        return SchemaPlan.of(table, catalog.table(table), needs, mode);
    }

    private void requireFit(SchemaPlan plan) {
        if (!plan.problems().isEmpty()) {
            throw new StartupException(
                    "table " + table + " does not fit the pipeline:\n  - " + String.join("\n  - ", plan.problems()));
        }
    }

    private void prepareLedger(CatalogTable found, Catalog catalog, Handle handle, Phase phase) {
        Ledger present = ledger.orElseGet(() -> new Ledger(found.name(), config.ledger(), context, connector));
        ledger = Optional.of(present);
        present.prepare(handle, phase);
        if (phase == Phase.START) {
            catalog.table(present.table()).ifPresent(new PermissionChecks(catalog)::requireForLedger);
        }
    }

    private List<TargetColumn> columns(CatalogTable found) {
        return needs.written(found).stream()
                .map(name -> column(Objects.requireNonNull(found.column(name).orElse(null))))
                .toList();
    }

    private TargetColumn column(CatalogColumn column) {
        return needs.rule().unique().contains(column.name()) ? TargetColumn.ofKey(column) : TargetColumn.of(column);
    }

    /** Ends the maintenance of the ledger. */
    @Override
    public void close() {
        ledger.ifPresent(Ledger::close);
    }
}
