package io.etlkit.sink.postgres.internal.ledger;

import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that create the ledger and its partitions, and the meaning of their names and comments. Pure.
 *
 * @param table the ledger
 */
record LedgerDdl(TableName table) {
    static final String NAME = "etl_ledger";

    /** Raised only by a change that older versions of etlkit cannot work with. */
    static final int VERSION = 1;

    private static final Pattern VERSION_TEXT = Pattern.compile("etlkit ledger, version (\\d{1,9})\\b.*");
    private static final String MADE = "etlkit ledger, made on ";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /** A ledger in the same schema as the target table. */
    static LedgerDdl beside(TableName target) {
        return new LedgerDdl(target.sibling(NAME));
    }

    List<String> create() {
        return List.of(
                "CREATE TABLE " + table.sql() + " (sent_at timestamptz NOT NULL, pipeline text COLLATE \"C\" NOT NULL,"
                        + " id text COLLATE \"C\" NOT NULL, PRIMARY KEY (sent_at, pipeline, id)) PARTITION BY RANGE (sent_at)",
                "COMMENT ON TABLE " + table.sql() + " IS 'etlkit ledger, version " + VERSION
                        + ": the messages that have been written, one row each'");
    }

    /** Creates the partition first and then attaches it, so that inserts continue; PARTITION OF would wait for all of them. */
    List<String> partition(LocalDate day, LocalDate madeOn) {
        String partition = nameOf(day).sql();
        return List.of(
                "CREATE TABLE " + partition + " (LIKE " + table.sql() + " INCLUDING ALL)",
                "COMMENT ON TABLE " + partition + " IS '" + MADE + DAY.format(madeOn) + "'",
                "ALTER TABLE " + table.sql() + " ATTACH PARTITION " + partition + " FOR VALUES FROM ('" + day
                        + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')");
    }

    List<String> drop(LocalDate day) {
        String partition = nameOf(day).sql();
        return List.of("ALTER TABLE " + table.sql() + " DETACH PARTITION " + partition, "DROP TABLE " + partition);
    }

    TableName nameOf(LocalDate day) {
        return table.sibling(NAME + "_" + DAY.format(day));
    }

    /** The day of a partition; empty when another program named it. */
    static Optional<LocalDate> dayOf(String partition) {
        return dayAfter(NAME + "_", partition);
    }

    /** The day on which a partition was created, from its comment. */
    static Optional<LocalDate> madeOn(String comment) {
        return dayAfter(MADE, comment);
    }

    private static Optional<LocalDate> dayAfter(String prefix, String text) {
        try {
            return text.startsWith(prefix)
                    ? Optional.of(LocalDate.parse(text.substring(prefix.length()), DAY))
                    : Optional.empty();
        } catch (DateTimeParseException foreign) {
            return Optional.empty();
        }
    }

    /** The version in the ledger's comment; the current one when somebody created the table without a comment. */
    static int versionIn(String comment) {
        Matcher matcher = VERSION_TEXT.matcher(comment);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : VERSION;
    }
}
