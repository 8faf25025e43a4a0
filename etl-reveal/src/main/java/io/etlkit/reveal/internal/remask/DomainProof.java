package io.etlkit.reveal.internal.remask;

import io.etlkit.api.RejectedException;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.PassphraseFile;
import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.Revealer;
import io.etlkit.transform.mask.token.TokenLookup;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Shows that the tokens of a column are of a domain, which {@code hmac} tokens can not do by themselves: rewritten under another
 * one they would match nothing ever again.
 */
final class DomainProof {
    private static final int SAMPLE = 100;

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description =
                    "The file whose first line is a value in the clear that is in the column: it proves the domain"
                            + " where hmac tokens are to change and the column holds no reversible ones.")
    private Optional<Path> known = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "text",
            description = "What the value of --known was masked as. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String type;

    /**
     * Refuses a domain that is not proven.
     *
     * @param hmac how many {@code hmac} tokens are to change
     * @throws IllegalArgumentException when nothing shows that it is the right one
     */
    void require(Connection connection, TokenColumn column, Keyset keyset, String domain, long hmac)
            throws SQLException {
        if (known.isPresent()) {
            requireKnown(connection, column, TokenLookup.open(keyset, domain, type), known.get());
        } else if (hmac > 0 && !isShownByAReversibleToken(connection, column, Revealer.open(keyset), domain)) {
            throw new IllegalArgumentException("nothing was rewritten: " + hmac
                    + " hmac tokens are to change, and nothing"
                    + " in the column shows that \"" + domain + "\" is their domain; under a wrong one they would be"
                    + " spoilt for good. Name a file with a value that is in the column: --known FILE --type TYPE");
        }
    }

    private void requireKnown(Connection connection, TokenColumn column, TokenLookup lookup, Path file)
            throws SQLException {
        String sql =
                "SELECT EXISTS (SELECT FROM " + column.table() + " WHERE left(" + column.name() + ", 33) = ANY (?))";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", starts(lookup, file)));
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next() || !found.getBoolean(1)) {
                    throw new IllegalArgumentException(
                            "nothing was rewritten: the value of --known is not in the column,"
                                    + " as this type, in this domain and under a key that is primary or active");
                }
            }
        }
    }

    private static Object[] starts(TokenLookup lookup, Path file) {
        try {
            String value = new String(PassphraseFile.firstLine(file, "--known file"));
            if (value.isEmpty()) {
                throw new IllegalArgumentException("--known file " + file + ": its first line is empty");
            }
            return lookup.tokensOf(value).stream()
                    .map(TokenLookup.Tokens::irreversible)
                    .distinct()
                    .toArray();
        } catch (RejectedException odd) {
            throw new IllegalArgumentException(
                    "the value of --known can not be masked: " + odd.rejection().message());
        }
    }

    private static boolean isShownByAReversibleToken(
            Connection connection, TokenColumn column, Revealer revealer, String domain) throws SQLException {
        String sql = ("SELECT %1$s FROM %2$s WHERE left(%1$s, 4) = 'mk1.' AND length(%1$s) > 33 LIMIT " + SAMPLE)
                .formatted(column.name(), column.table());
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet tokens = statement.executeQuery()) {
            boolean shown = false;
            while (!shown && tokens.next()) {
                shown = isOf(revealer, tokens.getString(1), domain);
            }
            return shown;
        }
    }

    private static boolean isOf(Revealer revealer, String token, String domain) {
        try {
            return !revealer.reveal(token, domain).fingerprint().isEmpty();
        } catch (RevealException other) {
            return false;
        }
    }
}
