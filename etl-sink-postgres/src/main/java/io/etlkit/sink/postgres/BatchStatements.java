package io.etlkit.sink.postgres;

import io.etlkit.sink.postgres.BatchRows.Delivery;
import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The hot path: a batch is one statement, one round trip and, being alone, one transaction. Straight on JDBC, with arrays
 * that pgjdbc sends in binary.
 *
 * <p>Redeliveries are rare. So a batch is first written as if there were none: that spares the server looking each key up
 * before it enters it, returning those entered and joining them with the rows. When the ledger then refuses a key, nothing
 * was written, and the batch is written again by the statement that sorts out which are new.
 *
 * <p>Used by the thread that owns the connection.
 */
final class BatchStatements {
    private final Connection connection;
    private final InsertSql sql;
    private final List<TargetColumn> columns;
    private final String pipeline;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private boolean duplicatesExpected;

    BatchStatements(Connection connection, InsertSql sql, List<TargetColumn> columns, String pipeline) {
        this.connection = connection;
        this.sql = sql;
        this.columns = columns;
        this.pipeline = pipeline;
    }

    /** Writes all rows, whatever was written before. */
    Set<Integer> insert(BatchRows rows) throws SQLException {
        PreparedStatement statement = prepare(sql.plain());
        bindColumns(statement, 1, rows);
        statement.executeUpdate();
        return Set.of();
    }

    /** Writes the rows of the deliveries that are not in the ledger; returns the places of those that are. */
    Set<Integer> insertOnce(BatchRows rows, Ledger ledger) throws SQLException {
        if (!duplicatesExpected) {
            try {
                return insertAsNew(rows);
            } catch (SQLException failed) {
                SqlFailure failure = SqlFailure.of(failed);
                if (!failure.isUniqueViolation() || !ledger.isBlamedBy(failure)) {
                    throw failed;
                }
            }
        }
        Set<Integer> duplicates = insertSelectively(rows);
        duplicatesExpected = !duplicates.isEmpty();
        return duplicates;
    }

    private Set<Integer> insertAsNew(BatchRows rows) throws SQLException {
        PreparedStatement statement = prepare(sql.optimistic());
        int next = bindColumns(statement, 1, rows);
        statement.setString(next, pipeline);
        bindKeys(statement, next + 1, rows);
        statement.executeUpdate();
        return Set.of();
    }

    private Set<Integer> insertSelectively(BatchRows rows) throws SQLException {
        PreparedStatement statement = prepare(sql.selective());
        bindKeys(statement, 1, rows);
        statement.setString(3, pipeline);
        int next = bindColumns(statement, 4, rows);
        statement.setArray(next, array("int4", keyNumbers(rows)));
        Set<Integer> places = new HashSet<>();
        try (ResultSet numbers = statement.executeQuery()) {
            while (numbers.next()) {
                places.add(numbers.getInt(1) - 1);
            }
        }
        return places;
    }

    private void bindKeys(PreparedStatement statement, int first, BatchRows rows) throws SQLException {
        List<Delivery> deliveries = rows.deliveries();
        long[] sent = new long[deliveries.size()];
        String[] ids = new String[deliveries.size()];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = deliveries.get(i).key().sentMillis();
            ids[i] = deliveries.get(i).key().id();
        }
        statement.setArray(first, array("int8", sent));
        statement.setArray(first + 1, array("text", ids));
    }

    /** For each row the number of its key, from 1. */
    private static int[] keyNumbers(BatchRows rows) {
        int[] numbers = new int[rows.rowCount()];
        int row = 0;
        for (int i = 0; i < rows.deliveries().size(); i++) {
            for (int j = 0; j < rows.deliveries().get(i).rows().size(); j++) {
                numbers[row++] = i + 1;
            }
        }
        return numbers;
    }

    /** Returns the index of the next parameter. */
    private int bindColumns(PreparedStatement statement, int first, BatchRows rows) throws SQLException {
        for (int c = 0; c < columns.size(); c++) {
            TargetColumn column = columns.get(c);
            Object elements = Array.newInstance(column.elementType(), rows.rowCount());
            @Nullable Object[] target = (@Nullable Object[]) elements;
            int row = 0;
            for (Delivery delivery : rows.deliveries()) {
                for (@Nullable Object[] values : delivery.rows()) {
                    target[row++] = values[c];
                }
            }
            statement.setArray(first + c, array(column.arrayType(), elements));
        }
        return first + columns.size();
    }

    private java.sql.Array array(String type, Object elements) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, elements);
    }

    private PreparedStatement prepare(String text) throws SQLException {
        PreparedStatement ready = prepared.get(text);
        if (ready == null) {
            ready = connection.prepareStatement(text);
            prepared.put(text, ready);
        }
        return ready;
    }

    /** After the server has forgotten what was prepared, or a table has changed under it. */
    void prepareAgain() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }
}
