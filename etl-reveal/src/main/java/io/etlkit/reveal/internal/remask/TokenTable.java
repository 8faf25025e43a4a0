package io.etlkit.reveal.internal.remask;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table that rows can be rewritten in, as the catalog knows it.
 *
 * @param oid its number
 * @param quoted its name with its schema's, quoted
 * @param shown its name as whoever asked spells it
 * @param partitioned whether its rows lie in partitions
 */
record TokenTable(long oid, String quoted, String shown, boolean partitioned) {
    private static final String ORDINARY = "r";
    private static final String PARTITIONED = "p";

    /**
     * Looks a table up.
     *
     * @param table as SQL spells it
     * @throws IllegalArgumentException when there is none, or not all of its rows can be reached through it
     */
    static TokenTable find(Connection connection, String table) throws SQLException {
        String sql = "SELECT c.oid, format('%I.%I', n.nspname, c.relname), c.relkind, row_security_active(c.oid),"
                + " EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) FROM pg_class c"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass(?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table);
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    throw new IllegalArgumentException("there is no table " + table);
                }
                refuseOtherKinds(table, found.getString(3), found.getBoolean(5));
                refuseRowSecurity(table, found.getBoolean(4));
                return new TokenTable(
                        found.getLong(1),
                        found.getString(2),
                        table,
                        found.getString(3).equals(PARTITIONED));
            }
        }
    }

    private static void refuseOtherKinds(String table, String kind, boolean hasChildren) {
        switch (kind) {
            case ORDINARY -> {
                if (hasChildren) {
                    throw new IllegalArgumentException("table " + table + " has tables that inherit from it, whose rows"
                            + " it can not tell apart; end that for the time with ALTER TABLE .. NO INHERIT, and run"
                            + " this for each of them");
                }
            }
            case PARTITIONED -> {}
            case "v", "m" ->
                throw new IllegalArgumentException(table + " is a view; name the table that holds the rows");
            case "f" ->
                throw new IllegalArgumentException(
                        table + " is a foreign table; run this on the server that holds the rows");
            default -> throw new IllegalArgumentException(table + " is no table; name the table that holds the rows");
        }
    }

    private static void refuseRowSecurity(String table, boolean active) {
        if (active) {
            throw new IllegalArgumentException("row security may hide rows of table " + table + " from this user, and"
                    + " they would keep their old tokens; log in as its owner or as a role with BYPASSRLS");
        }
    }

    /**
     * The tables within which a row's place tells it from others, quoted: this one, or its partitions.
     *
     * @param column whose values are to be changed
     * @throws IllegalArgumentException when a partition is none of ours, or a row's partition may change with the column
     */
    List<String> parts(Connection connection, String column) throws SQLException {
        if (!partitioned) {
            return List.of(quoted);
        }
        decidingTable(connection, column).ifPresent(deciding -> {
            throw new IllegalArgumentException("table " + deciding + " is partitioned by column \"" + column + "\", so"
                    + " that rows move when it is rewritten, and nothing else tells them apart; name the columns of a"
                    + " unique key with --key");
        });
        String sql = "SELECT format('%I.%I', n.nspname, c.relname), c.relkind FROM pg_partition_tree(CAST(? AS oid)) t"
                + " JOIN pg_class c ON c.oid = t.relid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE t.isleaf"
                + " AND c.relkind <> 'p' ORDER BY 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, oid);
            List<String> parts = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    if (!found.getString(2).equals(ORDINARY)) {
                        throw new IllegalArgumentException(
                                "partition " + found.getString(1) + " of table " + shown
                                        + " is a foreign table; run this for each partition, on the server that holds its rows");
                    }
                    parts.add(found.getString(1));
                }
            }
            for (String part : parts) {
                find(connection, part);
            }
            return parts;
        }
    }

    /** A table that is partitioned by a column: then the column depends on it. */
    private Optional<String> decidingTable(Connection connection, String column) throws SQLException {
        String sql = "SELECT t.relid::regclass::text FROM pg_partition_tree(CAST(? AS oid)) t"
                + " JOIN pg_attribute a ON a.attrelid = t.relid AND a.attname = ?"
                + " JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = t.relid"
                + " AND d.objsubid = a.attnum AND d.refclassid = 'pg_class'::regclass AND d.refobjid = t.relid"
                + " AND d.refobjsubid = 0 AND d.deptype = 'i' WHERE NOT t.isleaf ORDER BY t.level LIMIT 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, oid);
            statement.setString(2, column);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }
}
