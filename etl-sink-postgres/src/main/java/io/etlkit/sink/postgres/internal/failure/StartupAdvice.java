package io.etlkit.sink.postgres.internal.failure;

/** What to do about a failure that ends the pipeline at start. */
public final class StartupAdvice {
    private StartupAdvice() {}

    public static String of(PostgresFailure failure, String target) {
        return "Postgres at " + target + ": " + failure.explanation() + "; " + advice(failure.state());
    }

    private static String advice(String state) {
        return switch (state) {
            case "28P01", "28000" -> "check user and password, and that pg_hba.conf lets this host in";
            case PostgresFailure.NO_WAY_TO_LOG_IN -> "give the sink a password, or the one that the server asks for";
            case "3D000" -> "create the database, or correct the name at the end of the url";
            case "3F000" -> "create the schema, or correct it in the table's name";
            case "42P01" -> "create the table, correct its name, or set schema: create";
            case "42501" -> "grant the right to the pipeline's user";
            case "23505" ->
                "rows that are in the table have equal keys, so no unique index can be made: remove all but one of each, or name"
                        + " another key";
            case "42704" -> "correct the type's name in columns";
            default ->
                state.startsWith("22") || state.startsWith("23")
                        ? "rows that are in the table do not fit what columns declares: mend the rows, or declare another type"
                        : "mend this in the database or in the pipeline file, then start again";
        };
    }
}
