package io.etlkit.reveal;

import io.etlkit.reveal.internal.keys.KeysCommand;
import io.etlkit.reveal.internal.lookup.LookupCommand;
import io.etlkit.reveal.internal.process.ProcessContext;
import io.etlkit.reveal.internal.remask.RemaskCommand;
import io.etlkit.reveal.internal.reveal.RevealCommand;
import io.etlkit.runner.CommandProvider;
import java.util.List;

/** The verbs {@code keys}, {@code reveal}, {@code lookup} and {@code remask} of the {@code etl} command. */
public final class RevealCommands implements CommandProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RevealCommands() {}

    @Override
    public List<Object> commands() {
        ProcessContext process = ProcessContext.ofProcess();
        return List.of(
                new KeysCommand(process),
                new RevealCommand(process),
                new LookupCommand(process),
                new RemaskCommand(process));
    }
}
