package io.etlkit.reveal;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonWriter;
import io.etlkit.transform.mask.KeyRole;
import io.etlkit.transform.mask.Keyset;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etl keys list}: shows what a keyset holds, but for the keys. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows the keys of a keyset: their ids and what they are for, never the keys.")
final class KeysListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The keyset.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Option(names = "--json", description = "As JSON: the file's shape without what is secret.")
    private boolean json;

    @Override
    public Integer call() {
        try (Keyset keyset = KeysetOption.load(file)) {
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(JsonWriter.write(keyset.describe()));
            } else {
                print(keyset, out);
            }
            return ExitCode.OK;
        } catch (StartupException refused) {
            spec.commandLine().getErr().println("etl keys list: " + refused.getMessage());
            return ExitCode.USAGE;
        }
    }

    private static void print(Keyset keyset, PrintWriter out) {
        out.println("keyset \"" + keyset.name() + "\", version " + keyset.version());
        for (KeyRole role : KeyRole.values()) {
            Value keys = keyset.describe().get(role.label()).orElse(Value.ofNull());
            if (keys instanceof ListValue list) {
                list.values().forEach(key -> out.println(line(role, (ObjectValue) key)));
            }
        }
    }

    private static String line(KeyRole role, ObjectValue key) {
        String over = text(key, "over");
        return String.format(Locale.ROOT, "%-5s  %s  %s", role.label(), text(key, "id"), text(key, "status"))
                + (over.isEmpty() ? "" : ", over " + over);
    }

    private static String text(ObjectValue key, String field) {
        return key.get(field).orElse(Value.ofNull()) instanceof TextValue text ? text.value() : "";
    }
}
