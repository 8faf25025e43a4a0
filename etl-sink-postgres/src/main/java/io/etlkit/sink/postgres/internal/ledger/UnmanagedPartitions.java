package io.etlkit.sink.postgres.internal.ledger;

import io.etlkit.api.StartupException;
import io.etlkit.sink.postgres.internal.failure.Phase;
import io.etlkit.sink.postgres.internal.schema.Catalog;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody else manages the ledger, with partitions of any name and size or with none: a table that is not partitioned takes
 * every day. The sink changes nothing and reports what is missing.
 */
final class UnmanagedPartitions implements LedgerPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(UnmanagedPartitions.class);

    private final LedgerDdl ddl;
    private final Clock clock;

    UnmanagedPartitions(LedgerDdl ddl, Clock clock) {
        this.ddl = ddl;
        this.clock = clock;
    }

    @Override
    public void prepare(Handle handle, Phase phase) {
        Catalog catalog = new Catalog(handle);
        boolean exists = catalog.table(ddl.table()).isPresent();
        List<LocalDate> missing =
                exists ? uncovered(handle, LedgerPartitions.upcoming(clock)) : LedgerPartitions.upcoming(clock);
        if (exists && !missing.contains(LedgerPartitions.today(clock))) {
            return;
        }
        // while running, only the days that a batch needs matter, and they may be others
        if (!exists || phase == Phase.START) {
            List<String> statements = new ArrayList<>(exists ? List.of() : ddl.create());
            statements.addAll(forDays(missing));
            if (!exists) {
                statements.add(
                        "GRANT INSERT, SELECT ON " + ddl.table().sql() + " TO " + TableName.quote(catalog.user()));
            }
            throw new StartupException("the ledger " + ddl.table()
                    + (exists ? " lacks partitions" : " does not exist")
                    + ", and ledger.manage is false: have somebody run:\n  "
                    + String.join(";\n  ", statements) + ";");
        }
    }

    private List<String> forDays(Collection<LocalDate> days) {
        return days.stream()
                .flatMap(day -> ddl.partition(day, LedgerPartitions.today(clock)).stream())
                .toList();
    }

    @Override
    public void makeReady(Handle handle, Set<LocalDate> days) {
        // the insert fails when one is missing
    }

    @Override
    public String missing(Handle handle, Set<LocalDate> days) {
        List<LocalDate> missing = uncovered(handle, new TreeSet<>(days));
        return "the ledger " + ddl.table() + " has no partition for messages sent on "
                + missing.stream().map(LocalDate::toString).collect(Collectors.joining(", "))
                + ", and ledger.manage is false: have somebody run: " + String.join("; ", forDays(missing));
    }

    @Override
    public boolean include(Handle handle, String tableName) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM pg_partition_tree(to_regclass(:ledger)) p"
                        + " JOIN pg_class c ON c.oid = p.relid WHERE c.relname = :name)")
                .bind("ledger", ddl.table().sql())
                .bind("name", tableName)
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public boolean maintain(Handle handle) {
        List<LocalDate> missing = uncovered(handle, LedgerPartitions.upcoming(clock));
        if (!missing.isEmpty()) {
            LOG.warn(
                    "the ledger {} lacks partitions, and ledger.manage is false; messages of these days are retried until somebody runs: {}",
                    ddl.table(),
                    String.join("; ", forDays(missing)));
        }
        return true;
    }

    /** The days that begin or end outside all partitions. */
    private List<LocalDate> uncovered(Handle handle, Collection<LocalDate> days) {
        String covered = constraints(handle);
        if (days.isEmpty() || covered.isEmpty()) {
            return covered.isEmpty() && isPartitioned(handle) ? List.copyOf(days) : List.of();
        }
        return handle.createQuery("SELECT DISTINCT v.day FROM unnest(:days::date[]) AS v(day),"
                        + " LATERAL (VALUES (v.day::timestamp AT TIME ZONE 'UTC'), ((v.day + 1)::timestamp AT TIME ZONE 'UTC'"
                        + " - INTERVAL '1 millisecond')) AS s(sent_at) WHERE NOT (" + covered + ") ORDER BY 1")
                .bindArray(
                        "days",
                        String.class,
                        days.stream().map(LocalDate::toString).toList())
                .mapTo(LocalDate.class)
                .list();
    }

    /** The partitions' own constraints, as one condition on {@code sent_at}. */
    private String constraints(Handle handle) {
        return handle
                .createQuery("SELECT coalesce(pg_get_partition_constraintdef(i.inhrelid), 'true') FROM pg_inherits i"
                        + " WHERE i.inhparent = to_regclass(:ledger)")
                .bind("ledger", ddl.table().sql())
                .mapTo(String.class)
                .list()
                .stream()
                .map(constraint -> "(" + constraint + ")")
                .collect(Collectors.joining(" OR "));
    }

    private boolean isPartitioned(Handle handle) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = to_regclass(:ledger))")
                .bind("ledger", ddl.table().sql())
                .mapTo(Boolean.class)
                .one();
    }
}
