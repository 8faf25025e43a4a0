package io.etlkit.sink.postgres.internal.ledger;

import io.etlkit.sink.postgres.internal.failure.Phase;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Makes sure that the ledger exists and has a partition for each day. Safe for the lane's and the maintenance thread. */
interface LedgerPartitions {
    /** For how many days ahead there should be a partition. */
    int DAYS_AHEAD = 2;

    static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Today and the days ahead. */
    static List<LocalDate> upcoming(Clock clock) {
        LocalDate today = today(clock);
        return today.datesUntil(today.plusDays(DAYS_AHEAD + 1L)).toList();
    }

    /** Creates or requires the table and the partitions that are needed soon. */
    void prepare(Handle handle, Phase phase);

    /** Creates the partitions of these days before a batch is written, where it can; costs nothing for known days. */
    void makeReady(Handle handle, Set<LocalDate> days);

    /** The error message when the server found no partition for one of these days. */
    String missing(Handle handle, Set<LocalDate> days);

    /** Whether a table of this name is a partition of the ledger. */
    boolean include(Handle handle, String tableName);

    /** Does the daily maintenance. Returns false when it has to be retried soon. */
    boolean maintain(Handle handle);
}
