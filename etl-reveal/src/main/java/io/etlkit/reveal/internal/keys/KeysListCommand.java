package io.etlkit.reveal.internal.keys;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonWriter;
import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.transform.mask.keyset.KeyInfo;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code etl keys list}: shows what a keyset holds, but for the keys. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows the keys of a keyset: their ids and what they are for, never the keys.")
final class KeysListCommand extends KeysSubcommand {
    @Option(names = "--json", description = "As JSON: the file's shape without what is secret.")
    private boolean json;

    @Override
    int run() {
        try (Keyset keyset = load()) {
            if (json) {
                print(JsonWriter.write(keyset.describe()));
            } else {
                print("keyset \"" + keyset.name() + "\", version " + keyset.version() + wrapped(keyset.describe()));
                keyset.keyInfos().forEach(key -> print(line(key)));
            }
            return ExitCode.OK;
        }
    }

    private static String wrapped(ObjectValue keyset) {
        return keyset.get("wrap")
                .filter(ObjectValue.class::isInstance)
                .flatMap(wrap -> ((ObjectValue) wrap).get("type"))
                .filter(type -> type instanceof TextValue text && !text.value().equals("none"))
                .map(type -> ", wrapped with " + ((TextValue) type).value())
                .orElse("");
    }

    private static String line(KeyInfo key) {
        return String.format(
                        Locale.ROOT,
                        "%-5s  %s  %s",
                        key.role().label(),
                        key.id(),
                        key.status().label())
                + key.over().map(id -> ", over " + id).orElse("");
    }
}
