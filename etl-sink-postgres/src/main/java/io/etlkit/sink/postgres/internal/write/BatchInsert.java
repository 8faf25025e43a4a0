package io.etlkit.sink.postgres.internal.write;

import io.etlkit.sink.postgres.internal.schema.DuplicateRule;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Writes a batch with one statement, which is one round trip and one transaction. Used by the connection's thread. */
interface BatchInsert {
    /** Writes what is not written yet; returns the numbers, from 1, of the deliveries that were written before. */
    Set<Integer> write(BatchRows rows) throws SQLException;

    /** Writes all rows without looking for duplicates. */
    static BatchInsert ofAll(BatchStatements statements, InsertSql sql) {
        String plain = sql.plain();
        return rows -> {
            PreparedStatement statement = statements.prepare(plain);
            statements.bindColumns(statement, 1, rows);
            statement.executeUpdate();
            return Set.of();
        };
    }

    /** Inserts the rows whose key is not in the table, and updates the others where the rule says so. */
    static BatchInsert byKey(BatchStatements statements, InsertSql sql, DuplicateRule rule) {
        String keyed = sql.keyed(rule);
        return rows -> {
            PreparedStatement statement = statements.prepare(keyed);
            statements.bindColumns(statement, 1, rows);
            return rows.without(numbers(statement));
        };
    }

    /** The first column of what a statement returns. */
    static Set<Integer> numbers(PreparedStatement statement) throws SQLException {
        Set<Integer> numbers = new HashSet<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }
}
