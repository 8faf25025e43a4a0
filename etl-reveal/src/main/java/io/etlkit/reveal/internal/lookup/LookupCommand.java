package io.etlkit.reveal.internal.lookup;

import io.etlkit.api.RejectedException;
import io.etlkit.api.StartupException;
import io.etlkit.reveal.internal.option.AccessOptions;
import io.etlkit.reveal.internal.option.AccessOptions.AuditException;
import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.reveal.internal.process.ProcessContext;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.TokenLookup;
import io.etlkit.transform.mask.token.TokenLookup.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code etl lookup}: finds the tokens of values. Whoever may run it can try values until one fits a row, so it asks for a
 * reason and is audited like {@code etl reveal}.
 */
@Command(
        name = "lookup",
        mixinStandardHelpOptions = true,
        description =
                "Finds the tokens of values, for a WHERE clause: reads values, one a line, and prints for each a line"
                        + " per pair of keys that may have written it, the hmac token, a tab, the reversible token. A value"
                        + " that can not be masked gives an empty line, its reason on stderr, and exit code 1. --keyset,"
                        + " --domain and --reason are required.")
public final class LookupCommand implements Callable<Integer> {
    private final ProcessContext process;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "text",
            description = "What the values were masked as. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String type;

    @Option(
            names = "--max-rows",
            paramLabel = "N",
            defaultValue = "1000",
            description = "The most values to take; with more, nothing is looked up. Default: ${DEFAULT-VALUE}.")
    private int maxRows;

    public LookupCommand(ProcessContext process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        if (maxRows < 1) {
            throw new ParameterException(spec.commandLine(), "--max-rows must be at least 1");
        }
        try {
            access.require();
            try (Keyset keyset = access.load(process)) {
                TokenLookup lookup = TokenLookup.open(keyset, access.domain(), type);
                List<String> values = readValues();
                return values.size() > maxRows
                        ? fail(
                                ExitCode.USAGE,
                                "more than " + maxRows
                                        + " values; nothing was looked up; raise --max-rows if you mean it")
                        : lookUp(keyset, lookup, values);
            }
        } catch (StartupException | IllegalArgumentException refused) {
            return fail(ExitCode.USAGE, String.valueOf(refused.getMessage()));
        } catch (AuditException unwritable) {
            return fail(ExitCode.FAILED, String.valueOf(unwritable.getMessage()));
        } catch (IOException unreadable) {
            return fail(ExitCode.FAILED, "the values can not be read");
        }
    }

    /** At most one more than may be looked up. */
    private List<String> readValues() throws IOException {
        List<String> values = new ArrayList<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.input().get(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && values.size() <= maxRows) {
            values.add(line);
            line = lines.readLine();
        }
        return values;
    }

    private int lookUp(Keyset keyset, TokenLookup lookup, List<String> values) throws AuditException {
        List<String> lines = new ArrayList<>();
        List<String> fingerprints = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            try {
                List<Tokens> found = lookup.tokensOf(values.get(i));
                found.forEach(tokens -> lines.add(tokens.irreversible() + "\t" + tokens.reversible()));
                fingerprints.add(found.get(0).irreversible());
            } catch (RejectedException rejected) {
                lines.add("");
                notes.add("line " + (i + 1) + ": " + rejected.rejection().reason() + ": "
                        + rejected.rejection().message());
            }
        }
        access.record("lookup", process, keyset, "stdin", values.size(), fingerprints);
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(line -> out.print(line + "\n"));
        out.flush();
        notes.forEach(spec.commandLine().getErr()::println);
        return notes.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private int fail(int exitCode, String message) {
        spec.commandLine().getErr().println("etl lookup: " + message);
        return exitCode;
    }
}
