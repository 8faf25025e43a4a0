package io.etlkit.reveal.internal.remask;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Goes through a table in the order of a unique key: each portion starts behind the last one's last row. */
final class PrimaryKeyScan implements TableScan {
    private final Connection connection;
    private final TokenColumn column;
    private final String isOld;
    private final int portion;
    private List<String> last = List.of();
    private boolean atEnd;
    private List<OldRow> portionRead = List.of();

    PrimaryKeyScan(Connection connection, TokenColumn column, String isOld, int portion) {
        this.connection = connection;
        this.column = column;
        this.isOld = isOld;
        this.portion = portion;
    }

    @Override
    public String table() {
        return column.table();
    }

    @Override
    public Optional<List<OldRow>> read() throws SQLException {
        if (atEnd) {
            return Optional.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            for (int i = 0; i < last.size(); i++) {
                statement.setString(i + 1, last.get(i));
            }
            portionRead = rows(statement);
            return Optional.of(portionRead);
        }
    }

    @Override
    public void done() {
        atEnd = portionRead.size() < portion;
        if (!portionRead.isEmpty()) {
            last = portionRead.get(portionRead.size() - 1).key();
        }
    }

    private String sql() {
        // Unqualified, ORDER BY would take the texts that are selected, which sort otherwise.
        String names = column.key().stream().map(key -> "source." + key.name()).collect(Collectors.joining(", "));
        String texts = column.key().stream().map(key -> key.name() + "::text").collect(Collectors.joining(", "));
        String values = column.key().stream()
                .map(key -> "CAST(? AS " + key.type() + ")")
                .collect(Collectors.joining(", "));
        return "SELECT " + texts + ", " + column.name() + " FROM " + column.table() + " AS source WHERE " + isOld
                + (last.isEmpty() ? "" : " AND (" + names + ") > (" + values + ")") + " ORDER BY " + names + " LIMIT "
                + portion;
    }

    private List<OldRow> rows(PreparedStatement statement) throws SQLException {
        List<OldRow> rows = new ArrayList<>();
        int width = column.key().size();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                List<String> key = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    key.add(found.getString(i));
                }
                rows.add(new OldRow(List.copyOf(key), new OldToken(found.getString(width + 1))));
            }
        }
        return rows;
    }
}
