package io.etlkit.examples.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/plugins.md shows this example as it is. */
class PluginsPageTest {
    private static final Path PAGE = Path.of("../../docs/plugins.md");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/java/io/etlkit/examples/transform/EmailDomainPlugin.java",
                "src/test/java/io/etlkit/examples/transform/EmailDomainPluginTest.java",
            })
    void showsThisSource(String source) throws IOException {
        String code = Files.readString(Path.of(source));
        String fromTheClassOn = code.substring(code.indexOf("\n\n", code.lastIndexOf("import ")) + 2);

        assertThat(Files.readString(PAGE)).contains("```java\n" + fromTheClassOn + "```");
    }

    @Test
    void showsThisPom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String fragment = pom.substring(pom.indexOf("  <properties>"), pom.indexOf("</project>"));

        assertThat(Files.readString(PAGE)).contains("```xml\n" + fragment + "```");
    }
}
