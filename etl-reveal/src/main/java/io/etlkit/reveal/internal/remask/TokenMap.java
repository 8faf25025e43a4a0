package io.etlkit.reveal.internal.remask;

import io.etlkit.transform.mask.token.Remasker;
import io.etlkit.transform.mask.token.RevealException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each start of old tokens becomes, in a table of the database: so a value is decrypted once however many rows have it,
 * and can be counted once while it has two tokens. It is filled in portions, by as many runs as like to at once, and what is
 * in it is not made again. Used by one thread; blocks on the database.
 */
final class TokenMap {
    private final Transactions transactions;
    private final MapTable table;
    private final TokenColumn column;
    private final Remasker remasker;
    private final String domain;
    private final String usable;

    /** Takes a table that is open. */
    TokenMap(Transactions transactions, MapTable table, TokenColumn column, Remasker remasker, String domain) {
        this.transactions = transactions;
        this.table = table;
        this.column = column;
        this.remasker = remasker;
        this.domain = domain;
        this.usable = "NOT " + TokenSurvey.isOld("m.new_token", remasker);
    }

    /**
     * What one start becomes.
     *
     * @param oldToken a token with this start that was read: of {@code hmac} only where no other was seen
     * @param newToken what it became
     */
    record Entry(OldToken oldToken, String newToken) {
        /**
         * What a token with this start becomes; nothing when it is neither the one that was read nor the start alone. A token
         * of another suite, of another encryption key, or that was changed, has to be read itself.
         */
        Optional<String> newTokenOf(OldToken token) {
            if (token.equals(oldToken)) {
                return Optional.of(newToken);
            }
            return token.isStartOnly() ? Optional.of(new OldToken(newToken).start()) : Optional.empty();
        }

        private boolean serves(OldToken token) {
            return token.isStartOnly() || !oldToken.isStartOnly();
        }
    }

    /**
     * What the column's old tokens find in the map.
     *
     * @param unserved rows of which no entry serves the token
     */
    private record Coverage(MapReport report, long unserved) {}

    /**
     * The entries that rows can use, by start.
     *
     * @throws IllegalStateException when one is not as it was put in
     */
    Map<String, Entry> entries(List<OldRow> rows) throws SQLException {
        String sql = "SELECT m.old33, m.old_token, m.new_token FROM " + table.quoted()
                + " m WHERE m.old33 = ANY (?) AND m.domain = ? AND " + usable;
        Object[] starts = rows.stream()
                .map(OldRow::token)
                .filter(OldToken::hasStart)
                .map(OldToken::start)
                .distinct()
                .toArray();
        try (PreparedStatement statement = transactions.connection().prepareStatement(sql)) {
            statement.setArray(1, transactions.connection().createArrayOf("text", starts));
            statement.setString(2, domain);
            Map<String, Entry> entries = new HashMap<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    Entry entry = new Entry(new OldToken(found.getString(2)), found.getString(3));
                    requireSound(found.getString(1), entry);
                    entries.put(found.getString(1), entry);
                }
            }
            return entries;
        }
    }

    /** A table can be written by others: what it says goes into rows only where remasking could have made it. */
    private void requireSound(String start, Entry entry) {
        OldToken newToken = new OldToken(entry.newToken());
        boolean stays = new OldToken(start).isOfGeneration(remasker.generation());
        boolean startFits = stays
                ? newToken.text().startsWith(start)
                : newToken.hasStart() && newToken.isOfGeneration(remasker.generation());
        boolean sameMethod = newToken.isStartOnly() == entry.oldToken().isStartOnly();
        if (!startFits || !sameMethod || !entry.oldToken().start().equals(start)) {
            throw new IllegalStateException(
                    "the map " + table.quoted() + " holds a token that was not made from the old"
                            + " one beside it, so somebody else has written to it; drop it with --map drop, and run this again");
        }
    }

    /** Adds what is missing for the column's old tokens, as far as they can be read. */
    MapReport fill(int portion) throws SQLException {
        long unserved = Long.MAX_VALUE;
        Coverage coverage = coverage();
        // Without a key, rows that move meanwhile are met at the next passage.
        while (coverage.unserved() > 0 && coverage.unserved() < unserved) {
            unserved = coverage.unserved();
            String isOld = TokenSurvey.isOld(column.name(), remasker);
            for (TableScan rows : column.rows(transactions.connection(), isOld, portion)) {
                transactions.each(rows, this::add, added -> {});
            }
            coverage = coverage();
        }
        return coverage.report();
    }

    private int add(List<OldRow> rows) throws SQLException {
        Map<String, Entry> known = entries(rows);
        // In one order, or two runs would wait for each other.
        Map<String, Entry> added = new TreeMap<>();
        for (OldRow row : rows) {
            OldToken token = row.token();
            Entry entry = added.getOrDefault(token.start(), known.get(token.start()));
            if (token.hasStart() && (entry == null || !entry.serves(token))) {
                newEntry(token).ifPresent(made -> added.put(token.start(), made));
            }
        }
        insert(added);
        return added.size();
    }

    private Optional<Entry> newEntry(OldToken token) {
        try {
            return remasker.remask(token.text()).map(masked -> new Entry(token, masked));
        } catch (RevealException unreadable) {
            return Optional.empty();
        }
    }

    /** What another run has added meanwhile stays, unless it is of older keys or serves {@code hmac} tokens only. */
    private void insert(Map<String, Entry> entries) throws SQLException {
        String sql = "INSERT INTO " + table.quoted() + " AS m (old33, domain, old_token, new_token) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (old33) DO UPDATE SET old_token = excluded.old_token, new_token = excluded.new_token"
                + " WHERE m.domain = excluded.domain AND (NOT (" + usable
                + ") OR length(m.new_token) < length(excluded.new_token))";
        try (PreparedStatement statement = transactions.connection().prepareStatement(sql)) {
            for (Map.Entry<String, Entry> each : entries.entrySet()) {
                statement.setString(1, each.getKey());
                statement.setString(2, domain);
                statement.setString(3, each.getValue().oldToken().text());
                statement.setString(4, each.getValue().newToken());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private Coverage coverage() throws SQLException {
        String value = "t." + column.name();
        String sql =
                ("SELECT (SELECT count(*) FROM %1$s), count(DISTINCT coalesce(left(m.new_token, 33), left(%2$s, 33)))"
                                + " FILTER (WHERE left(%2$s, 4) = 'mk1.'),"
                                + " count(*) FILTER (WHERE m.old33 IS NULL AND left(%2$s, 4) = 'mk1.' AND %3$s),"
                                + " count(*) FILTER (WHERE (m.old33 IS NULL OR length(m.old_token) = 33 AND"
                                + " length(%2$s) > 33) AND left(%2$s, 4) = 'mk1.' AND %3$s)"
                                + " FROM %4$s t LEFT JOIN %1$s m ON m.old33 = left(%2$s, 33) AND %5$s")
                        .formatted(table.quoted(), value, TokenSurvey.isOld(value, remasker), column.table(), usable);
        return transactions.run(() -> {
            try (PreparedStatement statement = transactions.connection().prepareStatement(sql);
                    ResultSet counts = statement.executeQuery()) {
                counts.next();
                MapReport report = new MapReport(
                        table, counts.getLong(1), counts.getLong(2), counts.getLong(3), MapReport.Fate.KEPT);
                return new Coverage(report, counts.getLong(4));
            }
        });
    }
}
