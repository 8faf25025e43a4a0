package io.etlkit.reveal;

import io.etlkit.runner.CommandProvider;
import java.util.List;

/** The verbs {@code keys}, {@code reveal}, {@code lookup} and {@code remask} of the {@code etl} command. */
public final class RevealCommands implements CommandProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RevealCommands() {}

    @Override
    public List<Object> commands() {
        Surroundings process = Surroundings.ofProcess();
        return List.of(
                new KeysCommand(process),
                new RevealCommand(process),
                new LookupCommand(process),
                new RemaskCommand(process));
    }
}
