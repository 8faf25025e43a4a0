package io.etlkit.sink.postgres;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that write a batch: constant text, an array per column as parameter, one round trip. Pure.
 *
 * @param plain writes the rows. Parameters: the columns' arrays
 * @param optimistic writes the rows and enters their keys into the ledger, and fails when one is there. Parameters: the
 *     columns' arrays, the pipeline, the keys' times, the keys' ids
 * @param selective writes the rows whose keys are not in the ledger, enters these, and returns the numbers, from 1, of the
 *     keys that were there. Parameters: the keys' times, the keys' ids, the pipeline, the columns' arrays, and for each row
 *     the number of its key
 */
record InsertSql(String plain, String optimistic, String selective) {
    /** Milliseconds since 1970 as {@code timestamptz}, exactly. */
    private static final String SENT_AT = "TIMESTAMPTZ 'epoch' + k.sent * INTERVAL '1 millisecond'";

    static InsertSql of(TableName table, List<TargetColumn> columns, TableName ledger) {
        String insert = "INSERT INTO " + table.sql() + " ("
                + columns.stream().map(column -> TableName.quote(column.name())).collect(Collectors.joining(", "))
                + ") SELECT "
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> columns.get(i).expression().formatted("r.c" + i))
                        .collect(Collectors.joining(", "));
        String arrays = columns.stream()
                .map(column -> "?::" + column.arrayType() + "[]")
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String plain = insert + " FROM unnest(" + arrays + ") AS r(" + names + ")";
        String intoLedger = "INSERT INTO " + ledger.sql() + " (sent_at, pipeline, id) ";
        return new InsertSql(
                plain,
                "WITH written AS (" + plain + ") " + intoLedger + "SELECT " + SENT_AT
                        + ", ?, k.id FROM unnest(?::int8[], ?::text[]) AS k(sent, id)",
                "WITH given AS MATERIALIZED (SELECT " + SENT_AT
                        + " AS sent_at, k.id, k.n FROM unnest(?::int8[], ?::text[]) WITH ORDINALITY AS k(sent, id, n)),"
                        + " fresh AS (" + intoLedger
                        + "SELECT g.sent_at, ?, g.id FROM given g ON CONFLICT DO NOTHING RETURNING sent_at, id),"
                        + " written AS (" + insert + " FROM unnest(" + arrays + ", ?::int4[]) AS r(" + names + ", n)"
                        + " JOIN given g ON g.n = r.n JOIN fresh f ON f.sent_at = g.sent_at AND f.id = g.id)"
                        + " SELECT g.n FROM given g WHERE NOT EXISTS"
                        + " (SELECT FROM fresh f WHERE f.sent_at = g.sent_at AND f.id = g.id)");
    }
}
