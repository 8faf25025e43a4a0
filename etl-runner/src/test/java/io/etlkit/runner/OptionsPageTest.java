package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/reference/options.md is what {@code etl plugins --format markdown} prints. It is written with {@code mvn -pl etl-runner
 * -am test -Dtest=OptionsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args=-Dreference.update=true}.
 */
class OptionsPageTest {
    private static final Path PAGE = Path.of("../docs/reference/options.md");

    private static final String BEGINNING = """
            # Options

            Generated from the options' declarations by `OptionsPageTest`; do not edit. `etl plugins NAME` shows the same for one
            plugin.

            """;

    @Test
    void isWhatTheCommandPrints() throws IOException {
        String sections = Arrays.stream(
                        Etl.run("plugins", "--format", "markdown").out().split("(?m)^(?=## )"))
                .filter(section -> !isOfTests(section))
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n\n"));
        String page = BEGINNING + sections + "\n";
        if (Boolean.getBoolean("reference.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    /** The tests' own plugins, and secret providers, which have no options. */
    private static boolean isOfTests(String section) {
        String title = section.lines().findFirst().orElse("");
        return title.endsWith("`memory`") || title.startsWith("## secret provider");
    }
}
