package io.etlkit.sink.postgres.internal.schema;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Changes tables one process and one lane at a time: two that run {@code CREATE TABLE IF NOT EXISTS} at once collide. Used
 * by the thread that owns the connection.
 */
public final class DdlLock {
    private final Handle handle;

    public DdlLock(Handle handle) {
        this.handle = handle;
    }

    /** Runs a change in a transaction, under a lock that all of us take; what the change finds out, it finds out there. */
    public void change(TableName table, Runnable change) {
        handle.useTransaction(transaction -> {
            lock("pg_advisory_xact_lock", "etlkit " + table.sql());
            change.run();
        });
    }

    /** Drops something, unless somebody else is about to: a lock of its own, for who makes tables does not drop them. */
    public void dropIfAlone(TableName table, Runnable drop) {
        handle.useTransaction(transaction -> {
            if (Boolean.TRUE.equals(lock("pg_try_advisory_xact_lock", "etlkit drop " + table.sql()))) {
                drop.run();
            }
        });
    }

    /** What the lock's function returns: nothing, or whether it was free. */
    private @Nullable Object lock(String function, String name) {
        return handle.createQuery("SELECT " + function + "(hashtextextended(:name, 0))")
                .bind("name", name)
                .map((row, context) -> row.getObject(1))
                .one();
    }
}
