package io.etlkit.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/embedding.md shows this example as it is. */
class EmbeddingPageTest {
    private static final Path PAGE = Path.of("../../docs/embedding.md");

    @Test
    void showsThisSource() throws IOException {
        String code = Files.readString(Path.of("src/main/java/io/etlkit/examples/embedding/LoginService.java"));
        String fromTheClassOn = code.substring(code.indexOf("\n\n", code.lastIndexOf("import ")) + 2);

        assertThat(Files.readString(PAGE)).contains("```java\n" + fromTheClassOn + "```");
    }

    @Test
    void showsThisPom() throws IOException {
        String shown = Files.readString(PAGE).split("```xml\n", 2)[1].split("```", 2)[0];

        assertThat(Path.of("pom.xml")).content().contains("</name>\n" + shown + "</project>");
    }

    /** The page promises that none of these comes with the dependencies above. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ch.qos.logback.classic.Logger",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "com.google.inject.Guice",
                "io.etlkit.runner.EtlCommand",
                "org.yaml.snakeyaml.Yaml",
                "picocli.CommandLine",
            })
    void bringsNoLibraryOfTheCommand(String type) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(type));
    }
}
