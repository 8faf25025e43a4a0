package io.etlkit.reveal.internal.database;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** What may be shown of a failure in the database: the driver's words quote rows. */
public final class DatabaseError {
    /** In these classes no statement has got as far as a row, so that the server's words quote none. */
    private static final Set<String> WITHOUT_ROWS = Set.of("08", "28", "3D", "3F", "42", "57");

    /** Serialization failure, deadlock, and a lock that was waited for as long as {@code lock_timeout} says. */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "55P03");

    private DatabaseError() {}

    /** Whether the same work may succeed at another try, for it was another session's that went first. */
    public static boolean isPassing(SQLException thrown) {
        return PASSING.contains(Optional.ofNullable(cause(thrown).getSQLState()).orElse(""));
    }

    /** The words, where they quote no row, and the SQLSTATE. */
    public static String shown(SQLException thrown) {
        SQLException failed = cause(thrown);
        String state = Optional.ofNullable(failed.getSQLState()).orElse("none");
        boolean mayShow = state.length() == 5 && WITHOUT_ROWS.contains(state.substring(0, 2));
        String words = mayShow
                ? String.valueOf(failed.getMessage()).lines().findFirst().orElse("") + " "
                : "";
        return words + "(SQLSTATE " + state + ")";
    }

    /** The driver's own words about a batch quote the statement with what it was given. */
    private static SQLException cause(SQLException thrown) {
        return thrown instanceof BatchUpdateException
                ? Optional.ofNullable(thrown.getNextException()).orElse(new SQLException("", thrown.getSQLState()))
                : thrown;
    }
}
