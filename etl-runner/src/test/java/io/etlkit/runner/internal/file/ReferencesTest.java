package io.etlkit.runner.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.config.Secret;
import io.etlkit.api.config.SecretProviderFactory;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblem;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.runner.internal.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
    @TempDir
    private Path folder;

    private final ConfigProblems problems = new ConfigProblems();

    @Test
    void variablesAnywhereInTheText() {
        assertThat(text("a ${env:HOST} b ${env:PORT:1} c", true)).isEqualTo("a db b 1 c");
        assertThat(text("jdbc:postgresql://${env:HOST}:5432/x", true)).isEqualTo("jdbc:postgresql://db:5432/x");
        assertThat(text("${env:URL:jdbc:postgresql://localhost:5432/postgres}", true))
                .isEqualTo("jdbc:postgresql://localhost:5432/postgres");
        assertThat(text("${env:A:${env:B:${env:HOST}}-x}", true)).isEqualTo("db-x");
        assertThat(text("[${env:EMPTY:}]", true)).isEqualTo("[]");
        assertThat(text("a $${env:HOST} $ {x} $", true)).isEqualTo("a ${env:HOST} $ {x} $");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void filesLoseTheLineEndAtTheirEnd() throws IOException {
        Files.writeString(folder.resolve("secret"), "two\nlines\n");
        ConfigNode.Scalar scalar = resolve("x${file:secret}x", true);
        assertThat(scalar.text()).isEqualTo("xtwo\nlinesx");
        assertThat(scalar.style().confidential()).isTrue();
        assertThat(text("${file:none:a:b}", true)).isEqualTo("a:b");
        assertThat(text("${file:" + folder.resolve("secret") + "}", true)).isEqualTo("two\nlines");
    }

    @Test
    void secretsAreLookedUpOnlyWhenAskedTo() throws IOException {
        Files.writeString(folder.resolve("secret"), "hunter2");
        assertThat(text("${safe:a:b}", true)).isEqualTo("secret of a:b");
        assertThat(resolve("${safe:a}", false).style().unresolved()).isTrue();
        assertThat(resolve("${file:secret}", false).style().unresolved()).isTrue();
        assertThat(text("${file:secret:default}", false)).isEqualTo("default");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void whatCanNotBeLookedUpIsToldOnce() {
        resolve("${env:UNSET}", true);
        resolve("${file:none}", true);
        resolve("${saef:x}", true);
        resolve("${env:HOST", true);
        assertThat(problems.list())
                .extracting(ConfigProblem::message)
                .containsExactly(
                        "the environment variable UNSET is not set, and there is no default; ${env:UNSET:default} would"
                                + " give one",
                        "there is no file none (relative paths start at the pipeline file's folder), and there is no"
                                + " default",
                        "unknown reference \"${saef:...}\"; did you mean \"safe\"?",
                        "there is a ${ without its }; a plain ${ is written $${");
    }

    @Test
    void aliasesAndMergedMapsAreCopies() {
        ConfigNode.Mapping tree = (ConfigNode.Mapping) YamlReader.read(
                        "f.yaml", "base: &b { url: u, user: v }\nother: { <<: *b, user: w }\nsame: *b\n", problems)
                .orElseThrow();
        assertThat(problems.list()).isEmpty();
        assertThat(scalar(tree, "other", "url").text()).isEqualTo("u");
        assertThat(scalar(tree, "other", "user").text()).isEqualTo("w");
        assertThat(scalar(tree, "same", "user").origin().path()).isEqualTo("same.user");
    }

    private static ConfigNode.Scalar scalar(ConfigNode.Mapping tree, String first, String second) {
        ConfigNode.Mapping inner = (ConfigNode.Mapping) tree.get(first).orElseThrow();
        return (ConfigNode.Scalar) inner.get(second).orElseThrow();
    }

    private String text(String text, boolean lookUpSecrets) {
        return resolve(text, lookUpSecrets).text();
    }

    private ConfigNode.Scalar resolve(String text, boolean lookUpSecrets) {
        SecretProviderFactory safe = new SecretProviderFactory() {
            @Override
            public String name() {
                return "safe";
            }

            @Override
            public String summary() {
                return "Knows every secret.";
            }

            @Override
            public Secret resolve(String reference) {
                return Secret.of("secret of " + reference);
            }
        };
        ConfigNode node =
                YamlReader.read("f.yaml", "k: '" + text + "'", problems).orElseThrow();
        Environment environment = new Environment(Map.of("HOST", "db"), Optional.empty());
        ConfigNode.Mapping resolved = (ConfigNode.Mapping)
                new References(environment, folder, Map.of("safe", safe), lookUpSecrets, problems).resolve(node);
        return (ConfigNode.Scalar) resolved.get("k").orElseThrow();
    }
}
