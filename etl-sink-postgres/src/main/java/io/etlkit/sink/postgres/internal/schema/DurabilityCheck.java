package io.etlkit.sink.postgres.internal.schema;

import io.etlkit.api.StartupException;
import java.util.ArrayList;
import java.util.List;

/** Refuses a server or a table that may lose what it has confirmed, because the source deletes that. */
public final class DurabilityCheck {
    private final Catalog catalog;
    private final boolean allowed;

    public DurabilityCheck(Catalog catalog, boolean allowed) {
        this.catalog = catalog;
        this.allowed = allowed;
    }

    public void require(CatalogTable table) {
        if (allowed) {
            return;
        }
        List<String> unsafe = new ArrayList<>();
        for (String setting : List.of("fsync", "synchronous_commit")) {
            if (catalog.setting(setting).equals("off")) {
                unsafe.add(setting + " is off");
            }
        }
        if (!table.durable()) {
            unsafe.add("table " + table.name() + " is unlogged or temporary");
        }
        if (!unsafe.isEmpty()) {
            throw new StartupException(
                    "Postgres may lose rows that it has confirmed, and the source does not deliver these again: "
                            + String.join(", ", unsafe) + "; fix that, or set allowUnsafeDurability: true");
        }
    }
}
