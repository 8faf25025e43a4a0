package io.etlkit.sink.postgres.internal.schema;

import io.etlkit.sink.postgres.Idempotency;
import io.etlkit.sink.postgres.OnConflict;
import io.etlkit.sink.postgres.PostgresSinkConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the sink recognises rows that were written before. Pure.
 *
 * @param mode the configured mode
 * @param unique the table's columns that identify a row, under a unique index; none with a ledger
 * @param messageColumns the columns that are filled from the message itself
 * @param update whether an existing row takes the values of the new one
 * @param version the column that keeps an older message from overwriting a newer one
 */
public record DuplicateRule(
        Idempotency mode,
        List<String> unique,
        Map<String, MessageColumn> messageColumns,
        boolean update,
        Optional<String> version) {

    static final String DEFAULT_COLUMN = "message_id";

    public static DuplicateRule of(PostgresSinkConfig config) {
        Idempotency mode = config.idempotency().orElseThrow();
        return switch (mode) {
            case LEDGER, NONE -> new DuplicateRule(mode, List.of(), Map.of(), false, Optional.empty());
            case COLUMN -> byColumn(config.column().orElse(DEFAULT_COLUMN));
            case KEY -> {
                Map<String, MessageColumn> messageColumns = config.version()
                        .map(column -> Map.of(column, MessageColumn.VERSION))
                        .orElse(Map.of());
                boolean update = config.onConflict().orElse(OnConflict.IGNORE) == OnConflict.UPDATE;
                yield new DuplicateRule(mode, config.key(), messageColumns, update, config.version());
            }
        };
    }

    static DuplicateRule byColumn(String column) {
        return new DuplicateRule(
                Idempotency.COLUMN, List.of(column), Map.of(column, MessageColumn.ID), false, Optional.empty());
    }

    public boolean usesLedger() {
        return mode == Idempotency.LEDGER;
    }

    /** Whether the target table's messageColumns columns identify what was written. */
    public boolean usesTargetKey() {
        return !unique.isEmpty();
    }

    /** Of the columns written, those that an update sets in an existing row. */
    public List<String> updated(List<String> written) {
        return update ? written.stream().filter(name -> !unique.contains(name)).toList() : List.of();
    }

    /** The columns that the statement reads from the table. */
    List<String> read() {
        List<String> read = new ArrayList<>(unique);
        version.ifPresent(read::add);
        return read;
    }
}
