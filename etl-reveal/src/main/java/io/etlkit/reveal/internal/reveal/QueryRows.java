package io.etlkit.reveal.internal.reveal;

import io.etlkit.reveal.internal.database.DatabaseError;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The rows of a query, read in portions within one read-only transaction. */
final class QueryRows implements TokenRows {
    private static final int PORTION = 1000;

    private final Connection connection;
    private final Statement statement;
    private final ResultSet rows;
    private final List<String> header;
    private final int tokenColumn;

    private QueryRows(Connection connection, Statement statement, ResultSet rows, Optional<String> column)
            throws SQLException {
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
        this.header = header(rows.getMetaData());
        this.tokenColumn = Columns.find(header, column);
    }

    /**
     * Starts a query.
     *
     * @param url a JDBC URL of Postgres, which may hold a password and is not shown
     * @param most how many rows are read at the most
     * @throws IOException when the database can not be reached or refuses the query
     */
    static QueryRows open(String url, Properties login, String sql, Optional<String> column, int most)
            throws IOException {
        try {
            return open(DriverManager.getConnection(url, login), sql, column, most);
        } catch (SQLException failed) {
            throw translated(failed);
        }
    }

    /** Takes the connection. */
    private static QueryRows open(Connection connection, String sql, Optional<String> column, int most)
            throws SQLException {
        try {
            connection.setReadOnly(true);
            // Without a transaction the driver reads the whole answer at once.
            connection.setAutoCommit(false);
            Statement statement = connection.createStatement();
            statement.setFetchSize(PORTION);
            statement.setMaxRows(most);
            return new QueryRows(connection, statement, statement.executeQuery(sql), column);
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    private static List<String> header(ResultSetMetaData columns) throws SQLException {
        List<String> header = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            header.add(columns.getColumnLabel(i));
        }
        return List.copyOf(header);
    }

    @Override
    public String source() {
        return "query";
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public int tokenColumn() {
        return tokenColumn;
    }

    @Override
    public Optional<List<Optional<String>>> next() throws IOException {
        try {
            if (!rows.next()) {
                return Optional.empty();
            }
            List<Optional<String>> row = new ArrayList<>();
            for (int i = 1; i <= header.size(); i++) {
                row.add(Optional.ofNullable(rows.getString(i)));
            }
            return Optional.of(row);
        } catch (SQLException failed) {
            throw translated(failed);
        }
    }

    private static IOException translated(SQLException failed) {
        return new IOException("the query failed: " + DatabaseError.shown(failed));
    }

    @Override
    public void close() throws IOException {
        try (connection;
                statement) {
            rows.close();
        } catch (SQLException failed) {
            throw translated(failed);
        }
    }
}
