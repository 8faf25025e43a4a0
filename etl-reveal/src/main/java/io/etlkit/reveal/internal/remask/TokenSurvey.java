package io.etlkit.reveal.internal.remask;

import io.etlkit.transform.mask.token.Remasker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a column holds, counted by the server in one pass.
 *
 * @param rows rows with a value
 * @param old tokens of keys other than the primary ones
 * @param currentHmac {@code hmac} tokens of the primary generation
 * @param others values that are no tokens
 * @param distinct how many different starts of tokens there are: people, once all are of one generation
 */
record TokenSurvey(long rows, long old, long currentHmac, long others, long distinct) {
    /** Tokens under the primary keys. */
    long current() {
        return rows - old - others;
    }

    /** A condition that holds where an expression is a token of keys other than the primary ones. Their ids need no quoting. */
    static String isOld(String token, Remasker remasker) {
        return ("((left(%1$s, 4) = 'mk1.' AND (substr(%1$s, 5, 6) <> '%2$s'"
                        + " OR (length(%1$s) > 33 AND substr(%1$s, 36, 6) <> '%3$s')))"
                        + " OR (left(%1$s, 5) = 'mk1r.' AND substr(%1$s, 6, 6) <> '%3$s'))")
                .formatted(token, remasker.generation(), remasker.encryptionKey());
    }

    static TokenSurvey take(Connection connection, TokenColumn column, Remasker remasker) throws SQLException {
        String sql = ("SELECT count(%1$s), count(*) FILTER (WHERE %2$s),"
                        + " count(*) FILTER (WHERE left(%1$s, 11) = 'mk1.%3$s.' AND length(%1$s) = 33),"
                        + " count(*) FILTER (WHERE left(%1$s, 4) <> 'mk1.' AND left(%1$s, 5) <> 'mk1r.'),"
                        + " count(DISTINCT left(%1$s, 33)) FILTER (WHERE left(%1$s, 4) = 'mk1.') FROM %4$s")
                .formatted(column.name(), isOld(column.name(), remasker), remasker.generation(), column.table());
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet counts = statement.executeQuery()) {
            counts.next();
            return new TokenSurvey(
                    counts.getLong(1), counts.getLong(2), counts.getLong(3), counts.getLong(4), counts.getLong(5));
        }
    }

    /** How many {@code hmac} tokens are of another generation than the primary one, by theirs. */
    static Map<String, Long> oldHmac(Connection connection, TokenColumn column, Remasker remasker) throws SQLException {
        String sql = ("SELECT substr(%1$s, 5, 6), count(*) FROM %2$s WHERE left(%1$s, 4) = 'mk1.'"
                        + " AND length(%1$s) = 33 AND substr(%1$s, 5, 6) <> '%3$s' GROUP BY 1")
                .formatted(column.name(), column.table(), remasker.generation());
        Map<String, Long> byGeneration = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet counts = statement.executeQuery()) {
            while (counts.next()) {
                byGeneration.put(counts.getString(1), counts.getLong(2));
            }
        }
        return byGeneration;
    }
}
