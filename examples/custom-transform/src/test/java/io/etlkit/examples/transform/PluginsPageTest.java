package io.etlkit.examples.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/plugins.md shows this example as it is. */
class PluginsPageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/java/io/etlkit/examples/transform/EmailDomainPlugin.java",
                "src/test/java/io/etlkit/examples/transform/EmailDomainPluginTest.java",
            })
    void showsThisSource(String source) throws IOException {
        String code = Files.readString(Path.of(source));
        String fromTheClassOn = code.substring(code.indexOf("\n\n", code.lastIndexOf("import ")) + 2);

        assertThat(Files.readString(Path.of("../../docs/plugins.md"))).contains("```java\n" + fromTheClassOn + "```");
    }
}
