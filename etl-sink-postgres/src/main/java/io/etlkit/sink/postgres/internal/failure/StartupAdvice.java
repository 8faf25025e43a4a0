package io.etlkit.sink.postgres.internal.failure;

/** The message for a failure that ends the pipeline at start: what failed, and what to do. */
public final class StartupAdvice {
    private StartupAdvice() {}

    public static String of(PostgresFailure failure, String target) {
        return "Postgres at " + target + ": " + failure.explanation() + "; " + advice(failure.state());
    }

    private static String advice(String state) {
        return switch (state) {
            case "28P01", "28000" -> "check user and password, and that pg_hba.conf lets this host in";
            case PostgresFailure.LOGIN_NOT_POSSIBLE ->
                "set the password, or let the server accept a login method that the driver supports";
            case "3D000" -> "create the database, or correct the name at the end of the url";
            case "3F000" -> "create the schema, or correct it in the table's name";
            case "42P01" -> "create the table, correct its name, or set schema: create";
            case "42501" -> "grant the right to the pipeline's user";
            case "23505" ->
                "existing rows have equal keys, so the unique index cannot be created: remove the duplicates, or use another key";
            case "42704" -> "correct the type's name in columns";
            default ->
                state.startsWith("22") || state.startsWith("23")
                        ? "existing rows do not fit the types that columns declares: fix the rows, or declare another type"
                        : "fix this in the database or in the pipeline file, then start again";
        };
    }
}
