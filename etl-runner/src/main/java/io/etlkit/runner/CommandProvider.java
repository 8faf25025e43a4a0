package io.etlkit.runner;

import java.util.List;

/**
 * Adds verbs to the {@code etl} command from another jar; found by {@link java.util.ServiceLoader}. A verb writes to its
 * picocli {@code spec.commandLine().getOut()} and {@code getErr()}, and answers with the exit code: 0 done, 1 failed, 2 used
 * wrongly.
 */
public interface CommandProvider {
    /** The verbs: objects that carry picocli's {@code @Command}, new ones on every call. */
    List<Object> commands();
}
