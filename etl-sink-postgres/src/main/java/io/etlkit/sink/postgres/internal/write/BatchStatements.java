package io.etlkit.sink.postgres.internal.write;

import io.etlkit.sink.postgres.internal.column.TargetColumn;
import io.etlkit.sink.postgres.internal.write.BatchRows.DeliveryRows;
import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The prepared statements of one connection, and the binding of a batch's rows to their parameters. Uses JDBC directly, with
 * arrays that pgjdbc sends in binary, because this is the hot path. Used by the thread that owns the connection.
 */
final class BatchStatements {
    private final Connection connection;
    private final List<TargetColumn> columns;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    BatchStatements(Connection connection, List<TargetColumn> columns) {
        this.connection = connection;
        this.columns = columns;
    }

    /** Sets an array for each column; returns the index of the next parameter. */
    int bindColumns(PreparedStatement statement, int first, BatchRows rows) throws SQLException {
        for (int c = 0; c < columns.size(); c++) {
            TargetColumn column = columns.get(c);
            Object elements = Array.newInstance(column.elementType(), rows.rowCount());
            @Nullable Object[] target = (@Nullable Object[]) elements;
            int row = 0;
            for (DeliveryRows delivery : rows.deliveries()) {
                for (@Nullable Object[] values : delivery.rows()) {
                    target[row++] = values[c];
                }
            }
            statement.setArray(first + c, array(column.arrayType(), elements));
        }
        return first + columns.size();
    }

    java.sql.Array array(String type, Object elements) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, elements);
    }

    PreparedStatement prepare(String text) throws SQLException {
        PreparedStatement ready = prepared.get(text);
        if (ready == null) {
            ready = connection.prepareStatement(text);
            prepared.put(text, ready);
        }
        return ready;
    }

    /** Forgets all statements, after the server lost them or a table changed. */
    void prepareAgain() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }
}
