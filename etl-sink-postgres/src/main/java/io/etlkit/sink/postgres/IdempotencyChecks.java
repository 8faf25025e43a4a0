package io.etlkit.sink.postgres;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Refuses idempotency options that contradict each other; each message starts with the option's name. */
final class IdempotencyChecks {
    private final Idempotency mode;

    private IdempotencyChecks(Idempotency mode) {
        this.mode = mode;
    }

    /** The mode: the configured one, else the one that a given key or column belongs to. */
    static Idempotency mode(Optional<Idempotency> named, Optional<String> column, List<String> key) {
        if (named.isPresent()) {
            return named.get();
        }
        if (!key.isEmpty()) {
            return Idempotency.KEY;
        }
        return column.isPresent() ? Idempotency.COLUMN : Idempotency.LEDGER;
    }

    static void require(
            Idempotency mode,
            Optional<String> column,
            List<String> key,
            Optional<OnConflict> onConflict,
            Optional<String> version,
            LedgerConfig ledger) {
        IdempotencyChecks checks = new IdempotencyChecks(mode);
        checks.goesWith("key", !key.isEmpty(), Idempotency.KEY);
        checks.goesWith("column", column.isPresent(), Idempotency.COLUMN);
        checks.goesWith("onConflict", onConflict.isPresent(), Idempotency.KEY);
        checks.goesWith("version", version.isPresent(), Idempotency.KEY);
        checks.goesWith("ledger", !ledger.manage(), Idempotency.LEDGER);
        if (mode == Idempotency.KEY && key.isEmpty()) {
            throw new IllegalArgumentException(
                    "key: is missing; idempotency: key needs the columns that identify a row, for example"
                            + " key: [user_id, create_date]");
        }
        key.forEach(name -> ConfigChecks.columnName("key", name));
        column.ifPresent(name -> ConfigChecks.columnName("column", name));
        version.ifPresent(name -> ConfigChecks.columnName("version", name));
        requireDistinct(key);
        requireUseful(version, key, onConflict);
    }

    private void goesWith(String option, boolean given, Idempotency needed) {
        if (given && mode != needed) {
            throw new IllegalArgumentException(option + ": needs idempotency: " + shown(needed) + ", and it is "
                    + shown(mode) + "; remove one of the two");
        }
    }

    private static void requireDistinct(List<String> key) {
        Set<String> seen = new HashSet<>();
        key.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(twice -> {
            throw new IllegalArgumentException("key: names the column " + twice + " twice");
        });
    }

    private static void requireUseful(Optional<String> version, List<String> key, Optional<OnConflict> onConflict) {
        if (version.isEmpty()) {
            return;
        }
        if (onConflict.filter(OnConflict.UPDATE::equals).isEmpty()) {
            throw new IllegalArgumentException(
                    "version: needs onConflict: update; existing rows are not changed otherwise");
        }
        if (key.contains(version.get())) {
            throw new IllegalArgumentException("version: must not be a column of the key");
        }
    }

    private static String shown(Idempotency mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
