package io.etlkit.reveal.internal.remask;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A column that holds tokens, as the catalog knows it, and what tells its rows apart.
 *
 * @param table the table's name with its schema's, quoted
 * @param name the column's name, quoted
 * @param key the columns of a unique key; empty when the table has none, and rows are told apart by their place
 * @param parts where there is no key: the tables within which a place is one row's, quoted
 */
record TokenColumn(String table, String name, List<KeyColumn> key, List<String> parts) {
    private static final int SHORTEST_TOKEN = 33;

    /**
     * A column of the key.
     *
     * @param name quoted
     * @param type as SQL spells it
     */
    record KeyColumn(String name, String type) {}

    private record Column(
            String quoted, String type, String base, int typeModifier, boolean notNull, boolean generated) {}

    /**
     * Looks a column up.
     *
     * @param table as SQL spells it
     * @param column the name itself
     * @param key the names of a unique key's columns; none for the primary key
     * @throws IllegalArgumentException when there is none, or it can not hold tokens, or the key is none
     */
    static TokenColumn find(Connection connection, String table, String column, List<String> key) throws SQLException {
        TokenTable relation = TokenTable.find(connection, table);
        Map<String, Column> columns = columns(connection, relation.oid());
        Column tokens = named(columns, column, table);
        refuseUnfit(tokens, table, column);
        List<String> names = key.isEmpty() ? primaryKey(connection, relation.oid()) : key;
        if (!key.isEmpty()) {
            requireUnique(connection, relation.oid(), table, columns, key);
        }
        List<KeyColumn> keyColumns = names.stream()
                .map(name -> named(columns, name, table))
                .map(each -> new KeyColumn(each.quoted(), each.type()))
                .toList();
        List<String> parts = names.isEmpty() ? relation.parts(connection, column) : List.of();
        return new TokenColumn(relation.quoted(), tokens.quoted(), keyColumns, parts);
    }

    /** Goes through the rows for which a condition holds, by key, or without one by place. */
    List<TableScan> rows(Connection connection, String condition, int portion) throws SQLException {
        if (!key.isEmpty()) {
            return List.of(new PrimaryKeyScan(connection, this, condition, portion));
        }
        List<TableScan> rows = new ArrayList<>();
        for (String part : parts) {
            rows.add(new CtidScan(connection, part, this, condition, portion));
        }
        return rows;
    }

    private static Map<String, Column> columns(Connection connection, long table) throws SQLException {
        String sql = "SELECT a.attname, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), t.typname,"
                + " a.atttypmod, a.attnotnull, a.attgenerated <> '' FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
                + " WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, table);
            Map<String, Column> columns = new LinkedHashMap<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    columns.put(
                            found.getString(1),
                            new Column(
                                    found.getString(2),
                                    found.getString(3),
                                    found.getString(4),
                                    found.getInt(5),
                                    found.getBoolean(6),
                                    found.getBoolean(7)));
                }
            }
            return columns;
        }
    }

    private static Column named(Map<String, Column> columns, String name, String table) {
        return Optional.ofNullable(columns.get(name))
                .orElseThrow(() -> new IllegalArgumentException("table " + table + " has no column \"" + name
                        + "\"; it has " + String.join(", ", columns.keySet())));
    }

    private static void refuseUnfit(Column tokens, String table, String column) {
        String where = "column \"" + column + "\" of table " + table + " ";
        String type = where + "is " + tokens.type() + ", which ";
        if (!tokens.base().equals("text") && !tokens.base().equals("varchar")) {
            throw new IllegalArgumentException(type + "does not keep tokens as they are; text and varchar do");
        }
        if (tokens.generated()) {
            throw new IllegalArgumentException(where + "is generated from other columns; rewrite the tokens there");
        }
        // The catalog counts a header of 4 in.
        int width = tokens.typeModifier() - 4;
        if (tokens.typeModifier() >= 0 && width < SHORTEST_TOKEN) {
            throw new IllegalArgumentException(
                    type + "is too narrow: the shortest token has " + SHORTEST_TOKEN + " characters");
        }
    }

    private static List<String> primaryKey(Connection connection, long table) throws SQLException {
        List<List<String>> keys = uniqueKeys(connection, table, "i.indisprimary");
        return keys.isEmpty() ? List.of() : keys.get(0);
    }

    private static void requireUnique(
            Connection connection, long table, String name, Map<String, Column> columns, List<String> key)
            throws SQLException {
        for (String each : key) {
            if (!named(columns, each, name).notNull()) {
                throw new IllegalArgumentException(
                        "column \"" + each + "\" of table " + name + " may be NULL, and so tells no rows apart");
            }
        }
        boolean unique = uniqueKeys(connection, table, "i.indpred IS NULL AND i.indexprs IS NULL").stream()
                .anyMatch(key::containsAll);
        if (!unique) {
            throw new IllegalArgumentException("table " + name + " has no unique index over " + String.join(", ", key)
                    + "; name the columns of a unique key, or leave --key out");
        }
    }

    private static List<List<String>> uniqueKeys(Connection connection, long table, String which) throws SQLException {
        String sql = "SELECT ARRAY(SELECT a.attname FROM unnest(i.indkey) WITH ORDINALITY k(n, place)"
                + " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n WHERE k.place <= i.indnkeyatts"
                + " ORDER BY k.place)::text[] FROM pg_index i WHERE i.indrelid = ? AND i.indisunique"
                + " AND i.indisvalid AND " + which;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, table);
            List<List<String>> keys = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    keys.add(List.of((String[]) found.getArray(1).getArray()));
                }
            }
            return keys;
        }
    }
}
