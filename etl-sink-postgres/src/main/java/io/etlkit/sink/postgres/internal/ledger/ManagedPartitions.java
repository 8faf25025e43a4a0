package io.etlkit.sink.postgres.internal.ledger;

import io.etlkit.api.StartupException;
import io.etlkit.sink.postgres.internal.failure.Phase;
import io.etlkit.sink.postgres.internal.failure.PostgresFailure;
import io.etlkit.sink.postgres.internal.schema.DdlLock;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink manages the ledger itself: it creates partitions ahead, or on demand for any other day, and drops one when no
 * queue can deliver a message of that day any more.
 */
final class ManagedPartitions implements LedgerPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedPartitions.class);

    /** SQS keeps a message for 14 days at most. */
    private static final int KEPT_DAYS = 15;

    /** Detaching waits for all writers and blocks new ones, so it gives up almost at once and is retried. */
    private static final String DETACH_TIMEOUT = "SET LOCAL lock_timeout = '5ms'";

    private final LedgerDdl ddl;
    private final Clock clock;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    ManagedPartitions(LedgerDdl ddl, Clock clock) {
        this.ddl = ddl;
        this.clock = clock;
    }

    @Override
    public void prepare(Handle handle, Phase phase) {
        try {
            new DdlLock(handle).createIfMissing(ddl.table(), () -> {
                ddl.create().forEach(handle::execute);
                LOG.info("created {}", ddl.table());
            });
            lookAhead(handle);
        } catch (JdbiException failed) {
            PostgresFailure failure = PostgresFailure.of(failed);
            if (failure.state().equals(PostgresFailure.NO_RIGHT)) {
                throw new StartupException(
                        "cannot create the ledger " + ddl.table() + ": " + failure.explanation()
                                + "; grant the right, or have somebody else create the ledger and set ledger: { manage: false }");
            }
            throw failed;
        }
    }

    @Override
    public void makeReady(Handle handle, Set<LocalDate> days) {
        if (!known.containsAll(days)) {
            attach(handle, days);
        }
    }

    /** Somebody may have dropped a partition: forgets the known ones, so that the next batch looks again. */
    @Override
    public String missing(Handle handle, Set<LocalDate> days) {
        known.clear();
        return "a row of the batch has no partition in " + ddl.table() + ": the next try creates it";
    }

    @Override
    public boolean include(Handle handle, String tableName) {
        return LedgerDdl.dayOf(tableName).isPresent();
    }

    @Override
    public boolean maintain(Handle handle) {
        lookAhead(handle);
        LocalDate oldestKept = LedgerPartitions.today(clock).minusDays(KEPT_DAYS);
        List<LocalDate> past = existing(handle).entrySet().stream()
                .filter(partition -> partition.getKey().isBefore(oldestKept))
                .filter(partition -> partition.getValue().isBefore(oldestKept))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        boolean done = true;
        for (LocalDate day : past) {
            done &= drop(handle, day);
        }
        return done;
    }

    private void lookAhead(Handle handle) {
        known.addAll(existing(handle).keySet());
        makeReady(handle, Set.copyOf(LedgerPartitions.upcoming(clock)));
    }

    /** Each partition's day and the day it was created: one that was created late, for old messages, is kept as long as others. */
    private Map<LocalDate, LocalDate> existing(Handle handle) {
        Map<LocalDate, LocalDate> days = new HashMap<>();
        handle.createQuery("SELECT c.relname, coalesce(obj_description(c.oid, 'pg_class'), '')"
                        + " FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                        + " WHERE i.inhparent = to_regclass(:ledger)")
                .bind("ledger", ddl.table().sql())
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(partition -> LedgerDdl.dayOf(partition.getKey())
                        .ifPresent(day -> days.put(
                                day, LedgerDdl.madeOn(partition.getValue()).orElse(day))));
        return days;
    }

    private void attach(Handle handle, Set<LocalDate> days) {
        new DdlLock(handle).change(ddl.table(), () -> {
            Set<LocalDate> missing = new HashSet<>(days);
            missing.removeAll(existing(handle).keySet());
            missing.stream()
                    .sorted()
                    .flatMap(day -> ddl.partition(day, LedgerPartitions.today(clock)).stream())
                    .forEach(handle::execute);
        });
        known.addAll(days);
    }

    /** Returns false when the partition is in use and has to be dropped later. */
    private boolean drop(Handle handle, LocalDate day) {
        TableName partition = ddl.nameOf(day);
        try {
            new DdlLock(handle).dropIfAlone(ddl.table(), () -> {
                handle.execute(DETACH_TIMEOUT);
                if (existing(handle).containsKey(day)) {
                    known.remove(day);
                    ddl.drop(day).forEach(handle::execute);
                    LOG.info("dropped {}: no queue can deliver messages of that day any more", partition);
                }
            });
            return true;
        } catch (JdbiException failed) {
            PostgresFailure failure = PostgresFailure.of(failed);
            if (failure.state().equals(PostgresFailure.LOCK_NOT_AVAILABLE)) {
                LOG.debug("{} is in use and is dropped later", partition);
                return false;
            }
            if (failure.state().equals(PostgresFailure.NO_RIGHT)) {
                LOG.warn("cannot drop the old partition {}: {}", partition, failure.explanation());
                return true;
            }
            throw failed;
        }
    }
}
