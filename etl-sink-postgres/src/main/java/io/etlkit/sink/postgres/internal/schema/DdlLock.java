package io.etlkit.sink.postgres.internal.schema;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that only one process and lane changes tables at a time: two {@code CREATE TABLE IF NOT EXISTS} at once collide.
 * Used by the thread that owns the connection.
 */
public final class DdlLock {
    private final Handle handle;

    public DdlLock(Handle handle) {
        this.handle = handle;
    }

    /** Runs a change in a transaction, under an advisory lock that every etlkit process takes. */
    public void change(TableName table, Runnable change) {
        handle.useTransaction(transaction -> {
            lock("pg_advisory_xact_lock", "etlkit " + table.sql());
            change.run();
        });
    }

    /** Creates a table unless it exists. Looks again under the lock: another process may have created it meanwhile. */
    public void createIfMissing(TableName table, Runnable create) {
        Catalog catalog = new Catalog(handle);
        if (catalog.table(table).isEmpty()) {
            change(table, () -> {
                if (catalog.table(table).isEmpty()) {
                    create.run();
                }
            });
        }
    }

    /** Drops something unless another process is doing so; under a lock of its own, so that creating tables is not delayed. */
    public void dropIfAlone(TableName table, Runnable drop) {
        handle.useTransaction(transaction -> {
            if (Boolean.TRUE.equals(lock("pg_try_advisory_xact_lock", "etlkit drop " + table.sql()))) {
                drop.run();
            }
        });
    }

    /** The result of the lock function: nothing, or whether the lock was free. */
    private @Nullable Object lock(String function, String name) {
        return handle.createQuery("SELECT " + function + "(hashtextextended(:name, 0))")
                .bind("name", name)
                .map((row, context) -> row.getObject(1))
                .one();
    }
}
