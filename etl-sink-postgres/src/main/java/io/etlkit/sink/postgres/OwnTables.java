package io.etlkit.sink.postgres;

import org.jdbi.v3.core.Handle;

/**
 * Changes tables one process and one lane at a time: two that run {@code CREATE TABLE IF NOT EXISTS} at once collide. Used
 * by the thread that owns the connection.
 */
final class OwnTables {
    private final Handle handle;

    OwnTables(Handle handle) {
        this.handle = handle;
    }

    /** Runs a change in a transaction, under a lock that all of us take; what the change finds out, it finds out there. */
    void change(TableName table, Runnable change) {
        handle.useTransaction(transaction -> {
            transaction
                    .createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
                    .bind("name", "etlkit " + table.sql())
                    .mapToMap()
                    .list();
            change.run();
        });
    }
}
