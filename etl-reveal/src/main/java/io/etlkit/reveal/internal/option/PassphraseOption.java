package io.etlkit.reveal.internal.option;

import io.etlkit.reveal.internal.process.ProcessContext;
import io.etlkit.reveal.internal.process.Terminal;
import io.etlkit.transform.mask.keyset.PassphraseFile;
import io.etlkit.transform.mask.keyset.PassphraseSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the passphrase of a keyset comes from: a file, the environment, or somebody at the terminal. */
public final class PassphraseOption {
    private static final String FILE = "ETL_KEYSET_PASSPHRASE_FILE";
    private static final String VALUE = "ETL_KEYSET_PASSPHRASE";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The file whose first line is the keyset's passphrase, where it has one; without it the"
                    + " environment's ETL_KEYSET_PASSPHRASE_FILE or ETL_KEYSET_PASSPHRASE, or a prompt.")
    private Optional<Path> file = Optional.empty();

    /** The passphrase of a keyset that is there. */
    public PassphraseSource existing(ProcessContext process) {
        return source(process, false);
    }

    /** The passphrase of a keyset that is being made: typed twice. */
    public PassphraseSource chosen(ProcessContext process) {
        return source(process, true);
    }

    private PassphraseSource source(ProcessContext process, boolean twice) {
        if (file.isPresent()) {
            return PassphraseFile.of(file.get());
        }
        boolean inEnvironment = isSet(process, FILE) || isSet(process, VALUE);
        return inEnvironment
                ? PassphraseSource.ofEnvironment(process.variables())
                : keyset ->
                        typed(spec, process.terminal(), "Passphrase of keyset " + keyset, twice, "--passphrase-file");
    }

    private static boolean isSet(ProcessContext process, String variable) {
        return !process.variables().getOrDefault(variable, "").isEmpty();
    }

    /** What somebody types, once or twice; used wrongly where nobody is there. */
    public static char[] typed(CommandSpec spec, Terminal terminal, String prompt, boolean twice, String option) {
        char[] first = terminal.passphrase(prompt + ": ")
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "a passphrase is needed and nobody is there to type it; name a file that holds it: " + option
                                + " FILE"));
        if (!twice) {
            return first;
        }
        char[] second = terminal.passphrase("Once more: ").orElseGet(() -> new char[0]);
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!same) {
            Arrays.fill(first, '\0');
            throw new ParameterException(spec.commandLine(), "the two passphrases differ; nothing was written");
        }
        return first;
    }
}
