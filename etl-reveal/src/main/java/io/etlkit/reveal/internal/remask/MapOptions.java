package io.etlkit.reveal.internal.remask;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a run makes a map from old starts to new tokens, and what becomes of it. */
final class MapOptions {
    /** What is done with a map. */
    enum Step {
        /** It is filled, and no row is rewritten. */
        BUILD,
        /** It is filled, used, and dropped when no old token is left. */
        USE,
        /** It is filled and used, and stays. */
        KEEP,
        /** It is dropped. */
        DROP;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--map",
            paramLabel = "STEP",
            description =
                    "Decrypt once for each value, by a table of the old tokens' starts and what they become. build:"
                            + " fill it and rewrite nothing; use: fill it, rewrite through it, and drop it when nothing is left;"
                            + " keep: the same, and it stays; drop: drop it.")
    private Optional<String> step = Optional.empty();

    @Option(
            names = "--map-table",
            paramLabel = "NAME",
            defaultValue = "etl_remask_map",
            description = "That table, as SQL spells it. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String table;

    /** The step, if there is to be a map at all. */
    Optional<Step> step() {
        return step.map(given -> Arrays.stream(Step.values())
                .filter(each -> each.label().equals(given))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--map is " + labels() + ", not \"" + given + "\"")));
    }

    private static String labels() {
        return Arrays.stream(Step.values()).map(Step::label).collect(Collectors.joining(", "));
    }

    String table() {
        return table;
    }
}
