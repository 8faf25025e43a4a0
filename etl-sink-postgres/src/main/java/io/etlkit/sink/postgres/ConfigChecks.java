package io.etlkit.sink.postgres;

import io.etlkit.sink.postgres.internal.schema.TableName;
import io.etlkit.sink.postgres.internal.schema.TypeName;
import java.util.Map;
import org.postgresql.Driver;

/** Checks that the configuration records share; each message starts with the option's name. */
final class ConfigChecks {
    private ConfigChecks() {}

    /** The URL itself is not repeated: it may hold a password. */
    static void url(String url) {
        // Must come before the driver parses the URL: the driver logs what it cannot parse, which may include the
        // password.
        if (url.startsWith("jdbc:postgresql:") && url.split("\\?", 2)[0].contains("@")) {
            throw new IllegalArgumentException("url: must not contain a user; set the options user and password");
        }
        if (!url.startsWith("jdbc:postgresql:") || Driver.parseURL(url, null) == null) {
            throw new IllegalArgumentException(
                    "url: not a Postgres JDBC URL; write jdbc:postgresql://HOST:PORT/DATABASE");
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
                throw new IllegalArgumentException("columns: " + name + ": not a type name: \"" + type
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
