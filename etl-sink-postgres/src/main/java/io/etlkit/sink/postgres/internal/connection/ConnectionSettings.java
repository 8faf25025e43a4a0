package io.etlkit.sink.postgres.internal.connection;

import io.etlkit.api.config.Secret;
import java.time.Duration;
import java.util.Optional;

/** How to reach a database, and how long a call may take there. */
public record ConnectionSettings(
        String url, Optional<String> user, Optional<Secret> password, Duration statementTimeout, Duration lockTimeout) {

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return "ConnectionSettings";
    }
}
