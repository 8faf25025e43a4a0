package io.etlkit.sink.postgres.internal.schema;

import io.etlkit.api.StartupException;
import java.util.List;

/** Refuses a user who lacks a right that the statements need; otherwise the first batch would fail and be retried. */
public final class PermissionChecks {
    private final Catalog catalog;

    public PermissionChecks(Catalog catalog) {
        this.catalog = catalog;
    }

    public void requireInsert(CatalogTable table) {
        if (!catalog.mayInsert(table.name())) {
            throw refusal("insert into", table.name(), "INSERT");
        }
    }

    /** Finding out which messages are in the ledger reads it. */
    public void requireForLedger(CatalogTable ledger) {
        if (!catalog.mayInsert(ledger.name()) || !catalog.mayOnAll(ledger.name(), List.of("sent_at", "id"), "SELECT")) {
            throw refusal("insert into and select from", ledger.name(), "INSERT, SELECT");
        }
    }

    /** Finding out which rows are in the table reads its key, and an update needs that right too. */
    public void requireForKey(CatalogTable table, TableRequirements needs) {
        DuplicateRule rule = needs.rule();
        if (!catalog.mayOnAll(table.name(), rule.read(), "SELECT")) {
            throw refusal("select the key of", table.name(), "SELECT");
        }
        if (!catalog.mayOnAll(table.name(), rule.updated(needs.written(table)), "UPDATE")) {
            throw refusal("update", table.name(), "UPDATE");
        }
    }

    private StartupException refusal(String what, TableName table, String rights) {
        String user = catalog.user();
        return new StartupException("user " + user + " may not " + what + " " + table + ": GRANT " + rights + " ON "
                + table.sql() + " TO " + TableName.quote(user));
    }
}
