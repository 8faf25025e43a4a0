package io.etlkit.reveal.internal.remask;

import io.etlkit.reveal.internal.remask.MapOptions.Step;
import io.etlkit.reveal.internal.remask.MapReport.Fate;
import io.etlkit.transform.mask.token.Remasker;
import java.sql.SQLException;
import java.util.Optional;

/** One run over a column: fills a map where there is to be one, rewrites the tokens, and drops the map. Used by one thread. */
final class RemaskRun {
    private final Transactions transactions;
    private final TokenColumn column;
    private final Remasker remasker;
    private final String domain;
    private final int portion;
    private final boolean dryRun;
    private final Optional<Step> step;
    private final String mapName;
    private Optional<MapTable> map = Optional.empty();
    private long rewritten;

    RemaskRun(
            Transactions transactions,
            TokenColumn column,
            Remasker remasker,
            String domain,
            int portion,
            boolean dryRun,
            MapOptions options) {
        this.transactions = transactions;
        this.column = column;
        this.remasker = remasker;
        this.domain = domain;
        this.portion = portion;
        this.dryRun = dryRun;
        this.step = dryRun ? Optional.empty() : options.step();
        this.mapName = options.table();
    }

    /** How many rows were rewritten so far, also when it failed. */
    long rewritten() {
        return rewritten;
    }

    /** What to add to the message when it failed: a map that is left behind is told of. */
    String mapLeft() {
        return map.map(left -> "; " + left.fate(Fate.KEPT)).orElse("");
    }

    RemaskReport run(TokenSurvey before) throws SQLException {
        if (step.isEmpty()) {
            return rewrite(before, Optional.empty());
        }
        MapTable table = MapTable.named(transactions, mapName);
        table.open(domain);
        map = Optional.of(table);
        TokenMap tokens = new TokenMap(transactions, table, column, remasker, domain);
        MapReport filled = tokens.fill(portion);
        if (step.get() == Step.BUILD) {
            return RemaskReport.ofMap(before, filled);
        }
        RemaskReport report = rewrite(before, Optional.of(tokens));
        boolean toDrop = step.get() == Step.USE && report.isComplete();
        return report.with(toDrop ? filled.with(table.drop() ? Fate.DROPPED : Fate.IN_USE) : filled);
    }

    private RemaskReport rewrite(TokenSurvey before, Optional<TokenMap> tokens) throws SQLException {
        TokenRewriter rewriter = new TokenRewriter(transactions, column, remasker, tokens, portion, dryRun);
        try {
            return rewriter.run(before);
        } finally {
            rewritten = rewriter.rewritten();
        }
    }
}
