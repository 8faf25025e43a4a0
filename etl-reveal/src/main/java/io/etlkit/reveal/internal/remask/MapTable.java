package io.etlkit.reveal.internal.remask;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The table of a {@link TokenMap}: made, guarded against use by others as something else, and dropped. It is unlogged: what
 * ties two generations together should be in no WAL, replica or base backup. A run that uses it holds a lock of its session
 * on its name, which keeps another run from dropping it. Used by one thread; blocks on the database.
 */
final class MapTable {
    private static final List<String> COLUMNS = List.of("old33", "domain", "old_token", "new_token");
    private static final String LOCKS = "hashtext('etlkit/remask-map'), hashtext(?)";
    private static final String MAKING = "hashtext('etlkit/remask-map/making'), hashtext(?)";
    private static final String DENIED = "42501";

    private final Transactions transactions;
    private final String quoted;
    private boolean held;

    private MapTable(Transactions transactions, String quoted) {
        this.transactions = transactions;
        this.quoted = quoted;
    }

    /**
     * Names a table, which need not be there.
     *
     * @param name as SQL spells it; without a schema, where the name is found, or new tables are made
     * @throws IllegalArgumentException when it is no name
     */
    static MapTable named(Transactions transactions, String name) throws SQLException {
        if (!name.matches("([A-Za-z_]\\w*|\"[^\"]+\")(\\.([A-Za-z_]\\w*|\"[^\"]+\"))?")) {
            throw new IllegalArgumentException("--map-table is a table's name, as SQL spells it: etl_remask_map,"
                    + " audit.etl_remask_map, \"Odd\"");
        }
        String sql =
                "SELECT format('%I.%I', CASE WHEN cardinality(p) > 1 THEN p[1] ELSE coalesce((SELECT n.nspname FROM"
                        + " pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass(?)),"
                        + " current_schema()::text, 'public') END, p[cardinality(p)]) FROM parse_ident(?) AS p";
        return transactions.run(() -> {
            try (PreparedStatement statement = transactions.connection().prepareStatement(sql)) {
                statement.setString(1, name);
                statement.setString(2, name);
                try (ResultSet found = statement.executeQuery()) {
                    found.next();
                    return new MapTable(transactions, found.getString(1));
                }
            }
        });
    }

    /** The name with the schema's, quoted. */
    String quoted() {
        return quoted;
    }

    /** What became of it, in words. */
    String fate(MapReport.Fate fate) {
        return "map " + quoted + ": " + fate.words();
    }

    /**
     * Makes it where it is not there, and keeps others from dropping it until the connection is closed.
     *
     * @throws IllegalArgumentException when it may not be made, or is no map of this user's and of this domain
     */
    void open(String domain) throws SQLException {
        held = transactions.run(() -> ask("SELECT pg_advisory_lock_shared(" + LOCKS + ") IS NOT NULL", quoted));
        try {
            transactions.run(() -> {
                // IF NOT EXISTS alone lets two sessions that make one table at once fail; to look first may take a
                // cache's word that there is none.
                ask("SELECT pg_advisory_xact_lock(" + MAKING + ") IS NOT NULL", quoted);
                return isThere()
                        || execute("CREATE UNLOGGED TABLE IF NOT EXISTS " + quoted
                                + " (old33 text PRIMARY KEY, domain text"
                                + " NOT NULL, old_token text NOT NULL, new_token text NOT NULL)");
            });
        } catch (SQLException failed) {
            if (DENIED.equals(failed.getSQLState())) {
                throw new IllegalArgumentException("the map " + quoted + " can not be made, for this user may make no"
                        + " tables there; name one where it may: --map-table SCHEMA.NAME");
            }
            throw failed;
        }
        transactions.run(() -> {
            requireOurs();
            requireDomain(domain);
            return true;
        });
    }

    boolean isThere() throws SQLException {
        return ask("SELECT to_regclass(?) IS NOT NULL", quoted);
    }

    /** Refuses what looks otherwise: it is dropped in the end. Refuses what others have made: tokens are taken from it. */
    private void requireOurs() throws SQLException {
        String sql =
                "SELECT c.relkind = 'r' AND pg_get_userbyid(c.relowner) = current_user AND ARRAY(SELECT a.attname::text FROM"
                        + " pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum) = CAST(? AS text[])"
                        + " FROM pg_class c WHERE c.oid = to_regclass(?)";
        if (!ask(sql, "{" + String.join(",", COLUMNS) + "}", quoted)) {
            throw new IllegalArgumentException(
                    quoted + " is no map that this user has made; name another table:" + " --map-table NAME");
        }
    }

    private void requireDomain(String domain) throws SQLException {
        if (ask("SELECT EXISTS (SELECT FROM " + quoted + " WHERE domain <> ?)", domain)) {
            throw new IllegalArgumentException("the map " + quoted + " is another domain's; drop it when that one's"
                    + " columns are done, or name another table: --map-table NAME");
        }
    }

    /**
     * Drops it, unless another run uses it.
     *
     * @return whether it is gone
     */
    boolean drop() throws SQLException {
        // Of two that end at once each lets go first, so that one of them at least finds itself alone.
        held = held && !transactions.run(() -> ask("SELECT pg_advisory_unlock_shared(" + LOCKS + ")", quoted));
        boolean alone = transactions.run(() -> ask("SELECT pg_try_advisory_lock(" + LOCKS + ")", quoted));
        if (!alone) {
            return false;
        }
        return transactions.run(() -> {
            if (isThere()) {
                requireOurs();
                execute("DROP TABLE " + quoted);
            }
            return true;
        });
    }

    private boolean ask(String question, String... parameters) throws SQLException {
        Connection connection = transactions.connection();
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    private boolean execute(String sql) throws SQLException {
        try (Statement statement = transactions.connection().createStatement()) {
            statement.execute(sql);
            return true;
        }
    }
}
