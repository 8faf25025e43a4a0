package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What keysets rely on in every {@link io.etlkit.api.KeyWrapProvider}, tried as its users do: with {@code etl keys}, {@code
 * lookup} and {@code reveal}, each in a process of its own, which find the provider by themselves. A plugin's test extends it and
 * inherits the tests; {@code etl-reveal} has to be on its class path.
 */
@Timeout(120)
public abstract class KeyWrapContract {
    private static final String ADDRESS = "203.0.113.9";

    /** A key's bytes in the file. */
    private static final Pattern BYTES = Pattern.compile("\"key\":\"([\\w-]{40,})\"");

    /** A nonce, a key and a tag. */
    private static final int WRAPPED = 12 + 32 + 16;

    private static final Pattern DEK = Pattern.compile("\"dek\":\"([^\"]+)\"");

    /** What 32 bytes look like. */
    private static final String BARE = "[\\w-]{43}";

    @TempDir
    private Path folder;

    /** For subclasses. */
    protected KeyWrapContract() {}

    /** The provider's type. */
    protected abstract String type();

    /** The provider's settings, each as {@code --wrap-option} takes it. */
    protected abstract List<String> settings();

    /** The variables that lead to the service, and allow to use it. */
    protected abstract Map<String, String> environment();

    /** Has the service refuse the next request as it refuses those who may not use it. */
    protected abstract void denyNext();

    @Test
    void aKeysetOpensForThoseWhoMayUseTheServiceAndWhatIsChangedIsWrappedAgain() throws Exception {
        Path keyset = makeKeyset();
        String before = lookup(keyset.toString());
        String added = run(0, "", List.of("keys", "add", keyset.toString(), "--kind", "enc"));
        run(0, "", List.of("keys", "promote", keyset.toString(), added.strip()));
        String after = lookup(keyset.toString());

        assertThat(after).startsWith(before.substring(0, 33)).isNotEqualTo(before);
        assertThat(run(0, before + "\n" + after + "\n", on(keyset.toString(), "reveal")))
                .isEqualTo(ADDRESS + "\n" + ADDRESS + "\n");
        assertHoldsNoKeyInTheClear(keyset, 4);
    }

    @Test
    void itDoesNotOpenForThoseWhoMayNotAndNotUnderAnotherName() throws Exception {
        Path keyset = makeKeyset();
        assertHoldsNoKeyInTheClear(keyset, 3);
        denyNext();
        assertThat(run(2, ADDRESS + "\n", on(keyset.toString(), "lookup", "--type", "ip")))
                .isEmpty();

        String file = Files.readString(keyset);
        Files.writeString(keyset, file.replace("\"name\":\"pii\"", "\"name\":\"other\""));
        assertThat(Files.readString(keyset)).isNotEqualTo(file);
        assertThat(run(2, ADDRESS + "\n", on(keyset.toString(), "lookup", "--type", "ip")))
                .isEmpty();
    }

    private void assertHoldsNoKeyInTheClear(Path keyset, int keys) throws IOException {
        String file = Files.readString(keyset);
        assertThat(file).contains("\"wrap\":{\"type\":\"" + type() + "\"");
        List<Integer> lengths = BYTES.matcher(file)
                .results()
                .map(found -> Base64.getUrlDecoder().decode(found.group(1)).length)
                .toList();
        assertThat(lengths).as("the keys").hasSize(keys).containsOnly(WRAPPED);
        assertThat(DEK.matcher(file).results().map(found -> found.group(1)))
                .singleElement()
                .satisfies(dek -> assertThat(dek).doesNotMatch(BARE));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
    }

    /** Makes a keyset under this wrap. */
    protected final Path makeKeyset() throws Exception {
        Path keyset = folder.resolve("pii.json");
        List<String> arguments = new ArrayList<>(List.of("keys", "init", keyset.toString(), "--wrap", type()));
        settings().forEach(setting -> arguments.addAll(List.of("--wrap-option", setting)));
        run(0, "", arguments);
        return keyset;
    }

    /** The reversible token of an address. */
    protected final String lookup(String keyset) throws Exception {
        String tokens = run(0, ADDRESS + "\n", on(keyset, "lookup", "--type", "ip"));
        return tokens.lines().findFirst().orElseThrow().split("\t", -1)[1];
    }

    private List<String> on(String keyset, String verb, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                verb,
                "--keyset",
                keyset,
                "--domain",
                "ip",
                "--reason",
                "test",
                "--audit",
                folder.resolve("audit.jsonl").toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private String run(int exitCode, String input, List<String> arguments) throws IOException, InterruptedException {
        Path output = Files.createTempDirectory(folder, "run");
        try (EtlProcess process = EtlProcess.start(output, environment(), input, arguments)) {
            assertThat(process.exitCode())
                    .as(() -> process.err() + process.out())
                    .isEqualTo(exitCode);
            return process.out();
        }
    }
}
