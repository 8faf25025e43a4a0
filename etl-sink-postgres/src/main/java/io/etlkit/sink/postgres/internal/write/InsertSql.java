package io.etlkit.sink.postgres.internal.write;

import io.etlkit.sink.postgres.internal.column.TargetColumn;
import io.etlkit.sink.postgres.internal.schema.DuplicateRule;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that write a batch: constant text, with one array parameter for each column. In each, {@code r} is the
 * batch's rows with the columns {@code c0}, {@code c1}, ... Pure.
 */
final class InsertSql {
    /** Milliseconds since 1970 as {@code timestamptz}, exactly. */
    private static final String SENT_AT = "TIMESTAMPTZ 'epoch' + k.sent * INTERVAL '1 millisecond'";

    private final List<TargetColumn> columns;
    private final String into;
    private final String values;
    private final String arrays;
    private final String names;

    InsertSql(TableName table, List<TargetColumn> columns) {
        this.columns = columns;
        this.into = "INSERT INTO " + table.sql() + " AS t ("
                + joined(i -> TableName.quote(columns.get(i).name())) + ")";
        this.values = joined(i -> columns.get(i).expression().formatted("r.c" + i));
        this.arrays = joined(i -> "?::" + columns.get(i).arrayType() + "[]");
        this.names = joined(i -> "c" + i);
    }

    private String joined(Function<Integer, String> part) {
        return IntStream.range(0, columns.size()).boxed().map(part).collect(Collectors.joining(", "));
    }

    /** Writes the rows. Parameters: the columns' arrays. */
    String plain() {
        return into + " SELECT " + values + " FROM unnest(" + arrays + ") AS r(" + names + ")";
    }

    /**
     * Writes the rows and their keys in the ledger, and fails when a key exists. Parameters: the columns' arrays, the
     * pipeline, the keys' times, the keys' ids.
     */
    String optimistic(TableName ledger) {
        return "WITH written AS (" + plain() + ") " + intoLedger(ledger) + "SELECT " + SENT_AT
                + ", ?, k.id FROM unnest(?::int8[], ?::text[]) AS k(sent, id)";
    }

    /**
     * Writes the rows whose keys are not in the ledger together with these keys, and returns the numbers, from 1, of the keys
     * that existed. Parameters: the keys' times, the keys' ids, the pipeline, the columns' arrays, and for each row the number
     * of its key.
     */
    String selective(TableName ledger) {
        String given = "SELECT " + SENT_AT
                + " AS sent_at, k.id, k.n FROM unnest(?::int8[], ?::text[]) WITH ORDINALITY AS k(sent, id, n)";
        String fresh = intoLedger(ledger)
                + "SELECT g.sent_at, ?, g.id FROM given g ON CONFLICT DO NOTHING RETURNING sent_at, id";
        String written = into + " SELECT " + values + " FROM unnest(" + arrays + ", ?::int4[]) AS r(" + names
                + ", n) JOIN given g ON g.n = r.n JOIN fresh f ON f.sent_at = g.sent_at AND f.id = g.id";
        return "WITH given AS MATERIALIZED (" + given + "), fresh AS (" + fresh + "), written AS (" + written
                + ") SELECT g.n FROM given g WHERE NOT EXISTS"
                + " (SELECT FROM fresh f WHERE f.sent_at = g.sent_at AND f.id = g.id)";
    }

    private static String intoLedger(TableName ledger) {
        return "INSERT INTO " + ledger.sql() + " (sent_at, pipeline, id) ";
    }

    /**
     * Inserts the rows whose keys are not in the table, updates the others where the rule says so, and returns the numbers,
     * from 1, of the rows that it wrote. Of rows with equal keys it takes one: for an update the last (or the one with the
     * highest version), else the first. The server decides what is equal, and writes in the order of the keys, so that two
     * writers do not deadlock. Parameters: the columns' arrays.
     */
    String keyed(DuplicateRule rule) {
        List<Integer> key = places(rule.unique());
        String sortedKey = key.stream().map(this::comparable).collect(Collectors.joining(", "));
        String newestFirst = places(rule.version().stream().toList()).stream()
                .map(i -> ", v" + i + " DESC")
                .collect(Collectors.joining());
        String typed = "SELECT " + joined(i -> columns.get(i).expression().formatted("r.c" + i) + " AS v" + i)
                + ", r.n FROM unnest(" + arrays + ") WITH ORDINALITY AS r(" + names + ", n)";
        String given = "SELECT DISTINCT ON (" + sortedKey + ") * FROM (" + typed + ") AS typed ORDER BY " + sortedKey
                + newestFirst + ", n" + (rule.update() ? " DESC" : "");
        String fresh = into + " SELECT " + joined(i -> "v" + i) + " FROM given ON CONFLICT ("
                + names(rule.unique(), name -> name) + ") DO " + action(rule) + " RETURNING "
                + names(rule.unique(), name -> "t." + name);
        String sameKey = key.stream()
                .map(i -> "f." + TableName.quote(columns.get(i).name()) + " = g.v" + i)
                .collect(Collectors.joining(" AND "));
        return "WITH given AS MATERIALIZED (" + given + "), fresh AS (" + fresh
                + ") SELECT g.n FROM given g JOIN fresh f ON " + sameKey;
    }

    private String action(DuplicateRule rule) {
        if (!rule.update()) {
            return "NOTHING";
        }
        String set = names(
                rule.updated(columns.stream().map(TargetColumn::name).toList()), name -> name + " = excluded." + name);
        return "UPDATE SET " + set
                + rule.version()
                        .map(TableName::quote)
                        .map(name -> " WHERE t." + name + " IS NULL OR t." + name + " < excluded." + name)
                        .orElse("");
    }

    private static String names(List<String> names, UnaryOperator<String> part) {
        return names.stream().map(TableName::quote).map(part).collect(Collectors.joining(", "));
    }

    private List<Integer> places(List<String> wanted) {
        return IntStream.range(0, columns.size())
                .filter(i -> wanted.contains(columns.get(i).name()))
                .boxed()
                .toList();
    }

    /** Any order will do here, and that of a language is slow. */
    private String comparable(int place) {
        String collation = columns.get(place).collation();
        return "v" + place + (collation.isEmpty() ? "" : " COLLATE " + collation);
    }
}
