package io.etlkit.reveal.internal.process;

import java.util.Optional;

/**
 * Who runs the command, for the audit log.
 *
 * @param name the user that the process runs as and, behind sudo, the one who called it
 */
public record ProcessUser(String name) {
    public static ProcessUser ofProcess() {
        String user = System.getProperty("user.name", "unknown");
        return new ProcessUser(Optional.ofNullable(System.getenv("SUDO_USER"))
                .filter(caller -> !caller.equals(user))
                .map(caller -> user + " for " + caller)
                .orElse(user));
    }
}
