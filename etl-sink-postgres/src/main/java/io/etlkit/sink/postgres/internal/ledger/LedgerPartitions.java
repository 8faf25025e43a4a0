package io.etlkit.sink.postgres.internal.ledger;

import io.etlkit.sink.postgres.internal.failure.Phase;
import java.time.LocalDate;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Who sees to it that the ledger is there, with a partition for each day. Safe for the lane's thread and the upkeep's. */
interface LedgerPartitions {
    /** How many days ahead a partition should be there. */
    int DAYS_AHEAD = 2;

    /** Sees to the table and the partitions that are needed soon. */
    void prepare(Handle handle, Phase phase);

    /** Sees to the partitions of these days, before a batch is written; costs nothing when they are known. */
    void makeReady(Handle handle, Set<LocalDate> days);

    /** After the server found no partition for one of these days: what to tell. */
    String missing(Handle handle, Set<LocalDate> days);

    /** Whether a table of this name is a partition. */
    boolean include(Handle handle, String tableName);

    /** The upkeep of a day; whether it is done, and need not be tried again soon. */
    boolean keepUp(Handle handle);
}
