package io.etlkit.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/embedding.md shows this example as it is. */
class EmbeddingPageTest {
    @Test
    void showsThisSource() throws IOException {
        String code = Files.readString(Path.of("src/main/java/io/etlkit/examples/embedding/LoginService.java"));
        String fromTheClassOn = code.substring(code.indexOf("\n\n", code.lastIndexOf("import ")) + 2);

        assertThat(Files.readString(Path.of("../../docs/embedding.md"))).contains("```java\n" + fromTheClassOn + "```");
    }
}
