package io.etlkit.sink.postgres;

import io.etlkit.api.StartupException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of what has been written: one row a message, in a partition for each day (UTC) on which messages were sent.
 * Partitions are made ahead, or on demand for any other day, and dropped when no queue can deliver a message of that day
 * again. Used by the thread that owns the connection.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    static final String NAME = "etl_ledger";

    /** SQS keeps a message for 14 days at most. */
    private static final int KEPT_DAYS = 15;

    private static final int DAYS_AHEAD = 2;
    private static final String MADE = "etlkit ledger, made on ";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final TableName table;
    private final Clock clock;
    /** Each partition's day, and the day it was made on: one made late, for old messages, is kept as long as any. */
    private final Map<LocalDate, LocalDate> partitions = new HashMap<>();

    private LocalDate maintained = LocalDate.MIN;

    Ledger(TableName target, Clock clock) {
        this.table = target.sibling(NAME);
        this.clock = clock;
    }

    TableName table() {
        return table;
    }

    /** Whether the server means this table, or a partition of it. */
    boolean isBlamedBy(SqlFailure failure) {
        return failure.table()
                .filter(name -> name.equals(NAME) || name.startsWith(NAME + "_"))
                .isPresent();
    }

    /** Makes the table when it is missing, and today's and the coming days' partitions. */
    void prepare(Handle handle) {
        Catalog catalog = new Catalog(handle);
        if (catalog.table(table).isEmpty()) {
            new OwnTables(handle).change(table, () -> {
                if (catalog.table(table).isEmpty()) {
                    create(handle);
                }
            });
        }
        catalog.table(table).ifPresent(Ledger::requireOurs);
        maintain(handle);
    }

    private void create(Handle handle) {
        handle.execute(
                "CREATE TABLE " + table.sql() + " (sent_at timestamptz NOT NULL, pipeline text COLLATE \"C\" NOT NULL,"
                        + " id text COLLATE \"C\" NOT NULL, PRIMARY KEY (sent_at, pipeline, id)) PARTITION BY RANGE (sent_at)");
        handle.execute("COMMENT ON TABLE " + table.sql()
                + " IS 'etlkit ledger, version 1: the messages that have been written, one row each'");
        LOG.info("created {}", table);
    }

    private static void requireOurs(CatalogTable found) {
        boolean ours = List.of("sent_at", "pipeline", "id").stream()
                .allMatch(name -> found.column(name).isPresent());
        if (!ours) {
            throw new StartupException("table " + found.name()
                    + " is there, but is no ledger of etlkit: rename it, or set" + " idempotency: none");
        }
    }

    /** Sees to the partitions that a batch needs, and once a day to those ahead and those past. */
    void makeReady(Handle handle, List<BatchRows.Delivery> deliveries) {
        if (today().isAfter(maintained)) {
            maintain(handle);
        }
        Set<LocalDate> missing = new HashSet<>();
        for (BatchRows.Delivery delivery : deliveries) {
            LocalDate day = delivery.key().day();
            if (!partitions.containsKey(day)) {
                missing.add(day);
            }
        }
        ensure(handle, missing);
    }

    /** Somebody else may have dropped a partition: looks again before the next batch. */
    void forgetPartitions() {
        partitions.clear();
        maintained = LocalDate.MIN;
    }

    private void maintain(Handle handle) {
        LocalDate today = today();
        partitions.clear();
        partitions.putAll(existing(handle));
        Set<LocalDate> ahead = new HashSet<>();
        for (int i = 0; i <= DAYS_AHEAD; i++) {
            ahead.add(today.plusDays(i));
        }
        ahead.removeAll(partitions.keySet());
        ensure(handle, ahead);
        LocalDate oldestKept = today.minusDays(KEPT_DAYS);
        partitions.keySet().stream()
                .filter(day -> day.isBefore(oldestKept))
                .filter(day -> partitions.getOrDefault(day, day).isBefore(oldestKept))
                .sorted()
                .toList()
                .forEach(day -> drop(handle, day));
        maintained = today;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Map<LocalDate, LocalDate> existing(Handle handle) {
        Map<LocalDate, LocalDate> days = new HashMap<>();
        handle.createQuery("SELECT c.relname, coalesce(obj_description(c.oid, 'pg_class'), '')"
                        + " FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                        + " WHERE i.inhparent = to_regclass(:ledger)")
                .bind("ledger", table.sql())
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(partition -> dayAfter(NAME + "_", partition.getKey())
                        .ifPresent(day -> days.put(
                                day, dayAfter(MADE, partition.getValue()).orElse(day))));
        return days;
    }

    private static Optional<LocalDate> dayAfter(String prefix, String text) {
        try {
            return text.startsWith(prefix)
                    ? Optional.of(LocalDate.parse(text.substring(prefix.length()), DAY))
                    : Optional.empty();
        } catch (DateTimeParseException notOfOurs) {
            return Optional.empty();
        }
    }

    private void ensure(Handle handle, Set<LocalDate> days) {
        if (days.isEmpty()) {
            return;
        }
        new OwnTables(handle).change(table, () -> {
            Set<LocalDate> missing = new HashSet<>(days);
            missing.removeAll(existing(handle).keySet());
            missing.stream().sorted().forEach(day -> attach(handle, day));
        });
        days.forEach(day -> partitions.put(day, today()));
    }

    /** Made apart and attached, which lets inserts go on; PARTITION OF would wait for all of them. */
    private void attach(Handle handle, LocalDate day) {
        TableName partition = partition(day);
        handle.execute("CREATE TABLE " + partition.sql() + " (LIKE " + table.sql() + " INCLUDING ALL)");
        handle.execute("ALTER TABLE " + table.sql() + " ATTACH PARTITION " + partition.sql() + " FOR VALUES FROM ('"
                + day + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')");
        handle.execute("COMMENT ON TABLE " + partition.sql() + " IS '" + MADE + DAY.format(today()) + "'");
    }

    /** Dropping waits for writers and keeps new ones waiting, so it gives up soon: tomorrow will do. */
    private void drop(Handle handle, LocalDate day) {
        TableName partition = partition(day);
        try {
            new OwnTables(handle).change(table, () -> {
                handle.execute("SET LOCAL lock_timeout = '1s'");
                if (existing(handle).containsKey(day)) {
                    handle.execute("ALTER TABLE " + table.sql() + " DETACH PARTITION " + partition.sql());
                    handle.execute("DROP TABLE " + partition.sql());
                }
            });
            partitions.remove(day);
            LOG.info("dropped {}: no queue delivers messages of that day any more", partition);
        } catch (JdbiException busy) {
            LOG.info("{} is not dropped now: it is in use, or not ours to drop", partition);
        }
    }

    private TableName partition(LocalDate day) {
        return table.sibling(NAME + "_" + DAY.format(day));
    }
}
