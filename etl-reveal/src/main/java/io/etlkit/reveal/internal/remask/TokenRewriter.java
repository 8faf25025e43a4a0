package io.etlkit.reveal.internal.remask;

import io.etlkit.reveal.internal.remask.RemaskReport.Work;
import io.etlkit.reveal.internal.remask.TokenColumn.KeyColumn;
import io.etlkit.transform.mask.token.Remasker;
import io.etlkit.transform.mask.token.RevealException;
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
    static final int PASSES = 10;

    private final Transactions transactions;
    private final TokenColumn column;
    private final Remasker remasker;
    private final Optional<TokenMap> map;
    private final int portion;
    private final boolean dryRun;
    private RemaskTally tally = RemaskTally.NONE;

    /** Takes the map that tokens are looked up in before they are made, if there is one. */
    TokenRewriter(
            Transactions transactions,
            TokenColumn column,
            Remasker remasker,
            Optional<TokenMap> map,
            int portion,
            boolean dryRun) {
        this.transactions = transactions;
        this.column = column;
        this.remasker = remasker;
        this.map = map;
        this.portion = portion;
        this.dryRun = dryRun;
    }

    /** How many rows were rewritten so far, also when it failed. */
    long rewritten() {
        return tally.rewritten();
    }

    /** Rewrites until no old token is left that can be read. */
    RemaskReport run(TokenSurvey before) throws SQLException {
        TokenSurvey after = before;
        int passes = 0;
        while (after.old() > tally.failures() && passes < (dryRun ? 1 : PASSES)) {
            tally = tally.withoutFailures();
            pass();
            after = transactions.run(() -> TokenSurvey.take(transactions.connection(), column, remasker));
            passes++;
        }
        return new RemaskReport(dryRun ? Work.DRY_RUN : Work.REWRITE, before, after, tally, Optional.empty());
    }

    private void pass() throws SQLException {
        String isOld = TokenSurvey.isOld(column.name(), remasker);
        for (TableScan rows : column.rows(transactions.connection(), isOld, portion)) {
            String update = update(rows.table());
            transactions.each(rows, read -> rewrite(update, read), done -> tally = tally.plus(done));
        }
    }

    private String update(String table) {
        String sameRow = column.key().isEmpty()
                ? "ctid = CAST(? AS tid)"
                : column.key().stream().map(TokenRewriter::same).collect(Collectors.joining(" AND "));
        return "UPDATE " + table + " SET " + column.name() + " = ? WHERE " + sameRow + " AND " + column.name() + " = ?";
    }

    private static String same(KeyColumn key) {
        return key.name() + " = CAST(? AS " + key.type() + ")";
    }

    private RemaskTally rewrite(String update, List<OldRow> rows) throws SQLException {
        Map<String, TokenMap.Entry> entries = map.isPresent() ? map.get().entries(rows) : Map.of();
        Map<RevealException.Code, Long> failed = new EnumMap<>(RevealException.Code.class);
        try (PreparedStatement statement = transactions.connection().prepareStatement(update)) {
            int pending = 0;
            for (OldRow row : rows) {
                Optional<String> masked = mapped(row.token(), entries).or(() -> masked(row.token(), failed));
                if (masked.isPresent()) {
                    bind(statement, row, masked.get());
                    pending++;
                }
            }
            if (dryRun) {
                return new RemaskTally(pending, 0, failed);
            }
            int written = pending == 0 ? 0 : written(statement.executeBatch());
            return new RemaskTally(written, pending - written, failed);
        }
    }

    private static Optional<String> mapped(OldToken token, Map<String, TokenMap.Entry> entries) {
        return Optional.ofNullable(entries.get(token.start())).flatMap(entry -> entry.newTokenOf(token));
    }

    private Optional<String> masked(OldToken token, Map<RevealException.Code, Long> failed) {
        try {
            return remasker.remask(token.text());
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
        statement.setString(at, row.token().text());
        statement.addBatch();
    }

    private static int written(int[] updated) {
        int written = 0;
        for (int rows : updated) {
            written += rows == 1 ? 1 : 0;
        }
        return written;
    }
}
