package io.etlkit.reveal;

import io.etlkit.reveal.TokenColumn.KeyColumn;
import io.etlkit.transform.mask.Remasker;
import io.etlkit.transform.mask.RevealException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rewrites the tokens of a column to the primary keys, each portion of rows in a transaction of its own. A row is written only
 * while the token that was read still stands in it, so that whoever else changes it wins, a second run included; what was
 * committed is done, and another run goes on from there. Used by one thread; blocks on the database.
 */
final class TokenRewriter {
    /** Rows that others keep changing are left to the next run. */
    private static final int PASSES = 10;

    private final Connection connection;
    private final TokenColumn column;
    private final Remasker remasker;
    private final int portion;
    private final boolean dryRun;
    private final String update;
    private final Map<RevealException.Code, Long> failed = new EnumMap<>(RevealException.Code.class);
    private long rewritten;
    private long overtaken;

    /** Takes a connection that commits nothing by itself. */
    TokenRewriter(Connection connection, TokenColumn column, Remasker remasker, int portion, boolean dryRun) {
        this.connection = connection;
        this.column = column;
        this.remasker = remasker;
        this.portion = portion;
        this.dryRun = dryRun;
        String sameRow = column.key().isEmpty()
                ? "ctid = CAST(? AS tid)"
                : column.key().stream().map(TokenRewriter::same).collect(Collectors.joining(" AND "));
        this.update = "UPDATE " + column.table() + " SET " + column.name() + " = ? WHERE " + sameRow + " AND "
                + column.name() + " = ?";
    }

    private static String same(KeyColumn key) {
        return key.name() + " = CAST(? AS " + key.type() + ")";
    }

    /** How many rows were rewritten so far, also when it failed. */
    long rewritten() {
        return rewritten;
    }

    /** Rewrites until no old token is left that can be read. */
    RemaskReport run(TokenSurvey before) throws SQLException {
        TokenSurvey after = before;
        int passes = 0;
        while (after.old() > failures() && passes < (dryRun ? 1 : PASSES)) {
            failed.clear();
            pass();
            after = TokenSurvey.take(connection, column, remasker);
            connection.commit();
            passes++;
        }
        return new RemaskReport(dryRun, before, after, rewritten, overtaken, failed);
    }

    private long failures() {
        return failed.values().stream().mapToLong(Long::longValue).sum();
    }

    private void pass() throws SQLException {
        String isOld = TokenSurvey.isOld(column, remasker);
        OldRows rows = column.key().isEmpty()
                ? new RowsByPlace(connection, column, isOld, portion)
                : new RowsByKey(connection, column, isOld, portion);
        Optional<List<OldRow>> next = rows.next();
        while (next.isPresent()) {
            rewrite(next.get());
            connection.commit();
            next = rows.next();
        }
    }

    private void rewrite(List<OldRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            int pending = 0;
            for (OldRow row : rows) {
                Optional<String> masked = masked(row.token());
                if (masked.isPresent()) {
                    bind(statement, row, masked.get());
                    pending++;
                }
            }
            if (dryRun) {
                rewritten += pending;
            } else if (pending > 0) {
                count(statement.executeBatch());
            }
        }
    }

    private Optional<String> masked(String token) {
        try {
            return remasker.remask(token);
        } catch (RevealException refused) {
            failed.merge(refused.code(), 1L, Long::sum);
            return Optional.empty();
        }
    }

    private static void bind(PreparedStatement statement, OldRow row, String masked) throws SQLException {
        int at = 1;
        statement.setString(at++, masked);
        for (String value : row.key()) {
            statement.setString(at++, value);
        }
        statement.setString(at, row.token());
        statement.addBatch();
    }

    private void count(int[] updated) {
        for (int rows : updated) {
            if (rows == 1) {
                rewritten++;
            } else {
                overtaken++;
            }
        }
    }
}
