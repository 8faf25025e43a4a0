package io.etlkit.sink.postgres.internal.failure;

import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The part of an {@link SQLException} that may be shown. The exception itself is never attached or logged: the server quotes
 * rows in messages and details. So this keeps only the SQLSTATE, the names of the table's own parts, and the primary message
 * where it cannot contain a value of a record.
 */
public final class PostgresFailure {
    /** From the driver: the server asks for a password that is not set, or for a login method that the driver lacks. */
    static final String LOGIN_NOT_POSSIBLE = "08004";

    public static final String NO_RIGHT = "42501";

    public static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("23502", "not_null_violation"),
            Map.entry("23503", "foreign_key_violation"),
            Map.entry("23505", "unique_violation"),
            Map.entry("23514", "check_violation"),
            Map.entry("23P01", "exclusion_violation"),
            Map.entry("22001", "too_long"),
            Map.entry("22003", "out_of_range"),
            Map.entry("22007", "invalid_datetime_format"),
            Map.entry("22008", "datetime_field_overflow"),
            Map.entry("22021", "character_not_in_repertoire"),
            Map.entry("22P02", "invalid_text_representation"),
            Map.entry("22P05", "untranslatable_character"),
            Map.entry("44000", "with_check_option_violation"),
            Map.entry("P0001", "raise_exception"));

    private final Optional<String> state;
    private final @Nullable ServerErrorMessage server;
    private final String clientMessage;

    private PostgresFailure(Optional<String> state, @Nullable ServerErrorMessage server, String clientMessage) {
        this.state = state;
        this.server = server;
        this.clientMessage = clientMessage;
    }

    /** Of an {@link SQLException}, or of one that Jdbi wrapped: Jdbi's own message contains the statement's arguments. */
    public static PostgresFailure of(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return of(sql);
            }
        }
        return new PostgresFailure(Optional.empty(), null, "");
    }

    private static PostgresFailure of(SQLException thrown) {
        ServerErrorMessage server = thrown instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String message = thrown.getMessage();
        return new PostgresFailure(Optional.ofNullable(thrown.getSQLState()), server, message == null ? "" : message);
    }

    public Verdict verdict(Phase phase) {
        return FailurePolicy.judge(state, constraint().isPresent(), phase);
    }

    /** The SQLSTATE, or {@code none}. */
    public String state() {
        return state.orElse("none");
    }

    /** The table that the server blames. */
    public Optional<String> table() {
        return server == null ? Optional.empty() : Optional.ofNullable(server.getTable());
    }

    private Optional<String> constraint() {
        return server == null ? Optional.empty() : Optional.ofNullable(server.getConstraint());
    }

    public boolean isUniqueViolation() {
        return state.filter("23505"::equals).isPresent();
    }

    /** For messages. Quotes the server only for SQLSTATE classes where no row is involved yet: connecting, rights, names. */
    public String explanation() {
        boolean mayQuoteRows = state.map(text -> switch (text.substring(0, 2)) {
                    case "08", "28", "3D", "3F", "42", "53", "57", "58", "25", "55", "40" -> false;
                    default -> true;
                })
                .orElse(true);
        // the statements of a trigger have a context, and may contain values
        boolean fromTrigger = server != null && server.getWhere() != null;
        if (mayQuoteRows || fromTrigger) {
            return "SQLSTATE " + state();
        }
        String message = server == null ? clientMessage : server.getMessage();
        return (message == null ? "" : firstLine(message) + " ") + "(SQLSTATE " + state() + ")";
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** Why the rows were refused: a code, the column, the constraint; never the server's message. */
    public Rejection rejection() {
        // a trigger may put a value in place of the names
        boolean namesAreSafe = state.map(text -> !text.startsWith("P0")).orElse(false);
        String where =
                namesAreSafe ? constraint().map(name -> ", constraint " + name).orElse("") : "";
        String message = "the table refused the row" + where + " (SQLSTATE " + state() + ")";
        Optional<String> column =
                namesAreSafe && server != null ? Optional.ofNullable(server.getColumn()) : Optional.empty();
        return new Rejection(reason(), column.map(FieldPath::ofName), message);
    }

    private String reason() {
        return REASONS.getOrDefault(state(), "sqlstate_" + state().toLowerCase(Locale.ROOT));
    }
}
