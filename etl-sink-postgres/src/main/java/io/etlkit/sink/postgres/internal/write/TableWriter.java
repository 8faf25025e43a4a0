package io.etlkit.sink.postgres.internal.write;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.TransientException;
import io.etlkit.api.WriteResult;
import io.etlkit.sink.postgres.Idempotency;
import io.etlkit.sink.postgres.internal.column.TargetColumn;
import io.etlkit.sink.postgres.internal.failure.Phase;
import io.etlkit.sink.postgres.internal.failure.PostgresFailure;
import io.etlkit.sink.postgres.internal.ledger.Ledger;
import io.etlkit.sink.postgres.internal.schema.DuplicateRule;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes batches to a table over one connection. Used by the thread that owns the connection. */
final class TableWriter {
    private final Handle handle;
    private final TableName table;
    private final RowConverter converter;
    private final BatchRows.Shape shape;
    private final Optional<Ledger> ledger;
    private final BatchStatements statements;
    private final BatchInsert insert;
    private final ForeignKeyRetries retries;

    TableWriter(
            Handle handle,
            TableName table,
            List<TargetColumn> columns,
            DuplicateRule rule,
            Optional<Ledger> ledger,
            String pipeline,
            ForeignKeyRetries retries) {
        this.handle = handle;
        this.table = table;
        this.converter = new RowConverter(columns, rule.messageColumns());
        this.shape = shape(rule.mode());
        this.ledger = ledger;
        this.retries = retries;
        this.statements = new BatchStatements(handle.getConnection(), columns);
        InsertSql sql = new InsertSql(table, columns);
        if (ledger.isPresent()) {
            this.insert = new LedgerInsert(handle, statements, sql, ledger.get(), pipeline);
        } else {
            this.insert = rule.usesTargetKey()
                    ? BatchInsert.byKey(statements, sql, rule)
                    : BatchInsert.ofAll(statements, sql);
        }
    }

    private static BatchRows.Shape shape(Idempotency mode) {
        return switch (mode) {
            case LEDGER -> BatchRows.Shape.ONCE_PER_MESSAGE;
            case COLUMN -> BatchRows.Shape.ONE_ROW_PER_MESSAGE;
            case KEY, NONE -> BatchRows.Shape.AS_IT_COMES;
        };
    }

    WriteResult write(List<EtlRecord> batch) throws SQLException {
        BatchRows rows = BatchRows.of(batch, converter, shape);
        if (rows.deliveries().isEmpty()) {
            return rows.result(Set.of());
        }
        ledger.ifPresent(present -> present.makeReady(handle, rows.days()));
        try {
            return rows.result(insert.write(rows));
        } catch (SQLException failed) {
            return rows.result(afterFailure(rows, failed));
        }
    }

    private Set<Integer> afterFailure(BatchRows rows, SQLException failed) throws SQLException {
        PostgresFailure failure = PostgresFailure.of(failed);
        switch (failure.verdict(Phase.RUNNING)) {
            case PREPARE_AGAIN -> {
                statements.prepareAgain();
                return insert.write(rows);
            }
            case MISSING_PARTITION -> {
                throw new TransientException(ledger.filter(present -> present.isBlamedBy(handle, failure))
                                .map(present -> present.missingPartition(handle, rows.days()))
                                .orElseGet(() -> "a row of the batch has no partition in "
                                        + failure.table().orElse(table.name()) + ": create it")
                        + "; the batch is retried");
            }
            case AWAIT_REFERENCE -> {
                if (retries.failedTooOften()) {
                    throw new RejectedException(failure.rejection());
                }
                throw failed;
            }
            default -> throw failed;
        }
    }
}
