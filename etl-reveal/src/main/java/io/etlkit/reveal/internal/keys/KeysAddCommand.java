package io.etlkit.reveal.internal.keys;

import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.transform.mask.keyset.KeyInfo;
import io.etlkit.transform.mask.keyset.KeyRole;
import io.etlkit.transform.mask.keyset.KeyStatus;
import io.etlkit.transform.mask.keyset.KeysetEditor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code etl keys add}: adds a key, which is not written with before it is promoted. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description =
                "Adds a key and prints its id. Nothing is written with it before it is promoted, so that all hosts"
                        + " can have it by then. Stored rows stay as they are.")
final class KeysAddCommand extends KeysSubcommand {
    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "What the key is for: enc (makes values reversible), index (makes fingerprints), seal"
                    + " (dead letters).")
    @SuppressWarnings("NullAway.Init")
    private String kind;

    @Option(
            names = "--over",
            paramLabel = "ID",
            description =
                    "Lay the index key over this one; without it, over the primary. Rows can then be brought to the"
                            + " new key without their values, and every key below stays needed.")
    private Optional<String> over = Optional.empty();

    @Option(
            names = "--fresh",
            description =
                    "Make the index key a root of its own. Only where there are no hmac rows to keep: they can not"
                            + " be brought to it.")
    private boolean fresh;

    @Override
    int run() throws IOException {
        KeyRole role = role();
        if (role != KeyRole.INDEX && (fresh || over.isPresent())) {
            throw new ParameterException(spec().commandLine(), "--over and --fresh are for --kind index");
        }
        if (fresh && over.isPresent()) {
            throw new ParameterException(spec().commandLine(), "--over and --fresh contradict each other");
        }
        try (KeysetEditor editor = edit()) {
            KeyInfo added = role == KeyRole.INDEX
                    ? editor.addGeneration(fresh ? Optional.empty() : over.or(() -> primary(editor)))
                    : editor.add(role);
            editor.save();
            print(added.id());
            explain(meaning(added));
            return ExitCode.OK;
        }
    }

    private KeyRole role() {
        return Arrays.stream(KeyRole.values())
                .filter(each -> each.label().equals(kind))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec().commandLine(), "--kind is enc, index or seal, not \"" + kind + "\""));
    }

    private static Optional<String> primary(KeysetEditor editor) {
        return editor.keyset().keyInfos().stream()
                .filter(key -> key.role() == KeyRole.INDEX && key.status() == KeyStatus.PRIMARY)
                .map(KeyInfo::id)
                .findFirst();
    }

    private String meaning(KeyInfo added) {
        String next = "When every host has this file: etl keys promote " + location() + " " + added.id();
        return switch (added.role()) {
            case ENC -> "Encryption key " + added.id() + " is there to read with. Rows stay as they are. " + next;
            case SEAL -> "Seal key " + added.id() + " is there to read with. Dead letters stay as they are. " + next;
            case INDEX ->
                "Index key " + added.id() + " is pending, "
                        + added.over()
                                .map(below -> "laid over " + below + ", which stays needed")
                                .orElse("a root of its own: hmac rows can not be brought to it")
                        + ". Rows stay as they are. " + next;
        };
    }
}
