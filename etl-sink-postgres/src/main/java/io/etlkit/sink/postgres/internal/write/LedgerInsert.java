package io.etlkit.sink.postgres.internal.write;

import io.etlkit.sink.postgres.internal.failure.PostgresFailure;
import io.etlkit.sink.postgres.internal.ledger.Ledger;
import io.etlkit.sink.postgres.internal.write.BatchRows.DeliveryRows;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Writes the rows of the deliveries that are not in the ledger, and adds these to the ledger.
 *
 * <p>Redeliveries are rare. So a batch is first written as if it had none, which saves the server looking up each key,
 * returning the new ones and joining them with the rows. When the ledger refuses a key, nothing was written, and the batch is
 * written again with the statement that finds the new ones.
 *
 * <p>Used by the thread that owns the connection.
 */
final class LedgerInsert implements BatchInsert {
    private final Handle handle;
    private final BatchStatements statements;
    private final Ledger ledger;
    private final String optimistic;
    private final String selective;
    private final String pipeline;
    private boolean duplicatesExpected;

    LedgerInsert(Handle handle, BatchStatements statements, InsertSql sql, Ledger ledger, String pipeline) {
        this.handle = handle;
        this.statements = statements;
        this.ledger = ledger;
        this.optimistic = sql.optimistic(ledger.table());
        this.selective = sql.selective(ledger.table());
        this.pipeline = pipeline;
    }

    @Override
    public Set<Integer> write(BatchRows rows) throws SQLException {
        if (!duplicatesExpected) {
            try {
                return insertAsNew(rows);
            } catch (SQLException failed) {
                PostgresFailure failure = PostgresFailure.of(failed);
                if (!failure.isUniqueViolation() || !ledger.isBlamedBy(handle, failure)) {
                    throw failed;
                }
            }
        }
        Set<Integer> duplicates = insertSelectively(rows);
        duplicatesExpected = !duplicates.isEmpty();
        return duplicates;
    }

    private Set<Integer> insertAsNew(BatchRows rows) throws SQLException {
        PreparedStatement statement = statements.prepare(optimistic);
        int next = statements.bindColumns(statement, 1, rows);
        statement.setString(next, pipeline);
        bindKeys(statement, next + 1, rows);
        statement.executeUpdate();
        return Set.of();
    }

    private Set<Integer> insertSelectively(BatchRows rows) throws SQLException {
        PreparedStatement statement = statements.prepare(selective);
        bindKeys(statement, 1, rows);
        statement.setString(3, pipeline);
        int next = statements.bindColumns(statement, 4, rows);
        statement.setArray(next, statements.array("int4", rows.deliveryNumbers()));
        return BatchInsert.numbers(statement);
    }

    private void bindKeys(PreparedStatement statement, int first, BatchRows rows) throws SQLException {
        List<DeliveryRows> deliveries = rows.deliveries();
        long[] sent = new long[deliveries.size()];
        String[] ids = new String[deliveries.size()];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = deliveries.get(i).key().sentMillis();
            ids[i] = deliveries.get(i).key().id();
        }
        statement.setArray(first, statements.array("int8", sent));
        statement.setArray(first + 1, statements.array("text", ids));
    }
}
