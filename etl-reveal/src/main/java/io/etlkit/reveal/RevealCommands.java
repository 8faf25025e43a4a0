package io.etlkit.reveal;

import io.etlkit.runner.CommandProvider;
import java.time.Clock;
import java.util.List;

/** The verbs {@code keys} and {@code reveal} of the {@code etl} command. */
public final class RevealCommands implements CommandProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RevealCommands() {}

    @Override
    public List<Object> commands() {
        return List.of(new KeysCommand(), new RevealCommand(() -> System.in, Clock.systemUTC(), Operator.ofProcess()));
    }
}
