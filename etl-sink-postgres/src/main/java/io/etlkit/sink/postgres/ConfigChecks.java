package io.etlkit.sink.postgres;

import java.util.Map;
import org.postgresql.Driver;

/** What configuration records refuse; each message starts with the option's name. */
final class ConfigChecks {
    private ConfigChecks() {}

    /** The URL itself is not repeated: it may hold a password. */
    static void url(String url) {
        // Before the driver sees it: it logs what it can not read, and behind a name that would be the password.
        if (url.startsWith("jdbc:postgresql:") && url.split("\\?", 2)[0].contains("@")) {
            throw new IllegalArgumentException(
                    "url: must not hold a user; write user and password as options of their own");
        }
        if (!url.startsWith("jdbc:postgresql:") || Driver.parseURL(url, null) == null) {
            throw new IllegalArgumentException(
                    "url: not a JDBC URL of Postgres; write jdbc:postgresql://HOST:PORT/DATABASE");
        }
    }

    static void table(String table) {
        try {
            TableName.parse(table);
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException("table: " + invalid.getMessage(), invalid);
        }
    }

    static void columns(Map<String, String> columns) {
        columns.forEach((name, type) -> {
            columnName("columns", name);
            if (!TypeName.isValid(type)) {
                throw new IllegalArgumentException("columns: " + name + ": not the name of a type: \"" + type
                        + "\"; write it as Postgres does, for example varchar(32)");
            }
        });
    }

    static void columnName(String option, String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(option + ": a column's name must not be empty");
        }
    }
}
