package io.etlkit.reveal.internal.keys;

import io.etlkit.api.StartupException;
import io.etlkit.reveal.internal.option.PassphraseOption;
import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.reveal.internal.process.ProcessContext;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.KeysetConflictException;
import io.etlkit.transform.mask.keyset.KeysetEditor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the verbs under {@code etl keys} share: the file, its passphrase, and how they end. */
abstract class KeysSubcommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private KeysCommand keys;

    @Parameters(index = "0", paramLabel = "FILE", description = "The keyset.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    /** Does the work; what it throws is translated here. */
    abstract int run() throws IOException;

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (StartupException | IllegalArgumentException refused) {
            return fail(ExitCode.USAGE, String.valueOf(refused.getMessage()));
        } catch (KeysetConflictException second) {
            return fail(ExitCode.FAILED, String.valueOf(second.getMessage()));
        } catch (IOException unwritable) {
            return fail(
                    ExitCode.FAILED,
                    file + " can not be written: " + unwritable.getClass().getSimpleName());
        }
    }

    CommandSpec spec() {
        return spec;
    }

    ProcessContext process() {
        return keys.process();
    }

    PassphraseOption passphrase() {
        return passphrase;
    }

    /** As it was named: a path, or what else names a keyset where it is only read. */
    String location() {
        return file;
    }

    Path file() {
        return Path.of(file);
    }

    Keyset load() {
        return Keyset.load(file, Path.of(""), passphrase.existing(process()));
    }

    KeysetEditor edit() {
        return KeysetEditor.open(file(), passphrase.existing(process()));
    }

    /** A line for programs. */
    void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    /** A line for people. */
    void explain(String line) {
        spec.commandLine().getErr().println(line);
    }

    int fail(int exitCode, String message) {
        explain(spec.qualifiedName() + ": " + message);
        return exitCode;
    }
}
