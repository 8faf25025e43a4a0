package io.etlkit.reveal.internal.remask;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes through a table without a key, or one of its partitions, in the order of its blocks. A row that is changed meanwhile
 * moves, and may be missed: who uses this counts at the end what is left.
 */
final class CtidScan implements TableScan {
    /** Rows with a token in them are rarely more to a block of 8 KiB. */
    private static final int ROWS_A_BLOCK = 50;

    private final Connection connection;
    private final String table;
    private final String sql;
    private final long step;
    private final int portion;
    private final long blocks;
    private long block;
    private String last;
    private List<OldRow> portionRead = List.of();

    /** Takes the table or partition that the rows lie in: places are unique within one only. */
    CtidScan(Connection connection, String table, TokenColumn column, String isOld, int portion) throws SQLException {
        this.connection = connection;
        this.table = table;
        this.sql = "SELECT ctid::text, " + column.name() + " FROM " + table + " WHERE " + isOld
                + " AND ctid > CAST(? AS tid) AND ctid < CAST(? AS tid) ORDER BY ctid LIMIT " + portion;
        this.portion = portion;
        this.last = before(block);
        this.step = Math.max(1, portion / ROWS_A_BLOCK);
        this.blocks = blocks(connection, table);
    }

    @Override
    public String table() {
        return table;
    }

    @Override
    public Optional<List<OldRow>> read() throws SQLException {
        if (block >= blocks) {
            return Optional.empty();
        }
        List<OldRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, last);
            statement.setString(2, before(block + step));
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(new OldRow(List.of(found.getString(1)), new OldToken(found.getString(2))));
                }
            }
        }
        portionRead = rows;
        return Optional.of(rows);
    }

    @Override
    public void done() {
        if (portionRead.size() < portion) {
            block += step;
            last = before(block);
        } else {
            last = portionRead.get(portionRead.size() - 1).key().get(0);
        }
    }

    /** Places in a block are counted from 1. */
    private static String before(long block) {
        return "(" + block + ",0)";
    }

    private static long blocks(Connection connection, String table) throws SQLException {
        String sql = "SELECT pg_relation_size(to_regclass(?)) / current_setting('block_size')::bigint";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }
}
