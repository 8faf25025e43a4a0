package io.etlkit.sink.postgres.internal.schema;

import io.etlkit.api.StartupException;
import java.util.List;

/** Refuses a user who may not do what the statements do: otherwise the first batch would find out, and be held. */
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

    /** Telling which messages are in the ledger reads it. */
    public void requireForLedger(CatalogTable ledger) {
        if (!catalog.mayInsert(ledger.name()) || !catalog.mayOnAll(ledger.name(), List.of("sent_at", "id"), "SELECT")) {
            throw refusal("insert into and select from", ledger.name(), "INSERT, SELECT");
        }
    }

    /** Telling which rows are in the table reads its key, and an update needs the right to it. */
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
