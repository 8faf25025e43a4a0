package io.etlkit.runner.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.SourceFactory;
import io.etlkit.api.TransformFactory;
import io.etlkit.runner.internal.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLoaderTest {
    /** Tells by its name which class loader it sees as the context's, when it is asked. */
    private static final String PLUGIN = """
            package demo;
            import io.etlkit.api.*;
            import io.etlkit.api.config.Option;
            import java.util.List;
            public final class DemoPlugin implements EtlPlugin {
                public record Config(@Option(description = "Nothing.", defaultValue = "x") String nothing) {}
                @Override public List<TransformFactory<?>> transforms() {
                    return List.of(TransformFactory.of("NAME", "From Library " + org.yaml.snakeyaml.Yaml.VERSION + " in "
                            + Thread.currentThread().getContextClassLoader().getName(), Config.class,
                            (config, context) -> record -> List.of(record)));
                }
            }
            """;

    /** Another version of a library that the runner has, too. */
    private static final String LIBRARY = """
            package org.yaml.snakeyaml;
            public final class Yaml {
                public static final String VERSION = new String("0");
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void loadsAPluginWithItsOwnLibraryAndItsOwnContextClassLoader() throws IOException {
        plugin("mine", "mine");

        TransformFactory<?> factory = load().transforms().get("mine");

        assertThat(factory.summary()).isEqualTo("From Library 0 in plugin mine");
        assertThat(factory.configType().getClassLoader().getName()).isEqualTo("plugin mine");
        assertThat(factory.configType().getRecordComponents()[0].getAnnotations())
                .hasSize(1);
    }

    @Test
    void aPluginThatIsThereTwiceIsRefused() throws IOException {
        plugin("one", "same");
        plugin("two", "same");
        assertThatThrownBy(this::load)
                .isInstanceOf(PluginException.class)
                .hasMessage("the transform \"same\" is installed twice: in " + folder.resolve("one") + " and in "
                        + folder.resolve("two") + "; remove one");
    }

    @Test
    void aFolderWithoutAPluginIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(this::load)
                .hasMessage("the plugin folder " + folder.resolve("empty")
                        + " holds no jar; remove it or put the plugin in it");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        Path nowhere = folder.resolve("nowhere");
        PluginLoader loader = new PluginLoader(new Environment(Map.of(), Optional.empty()));
        assertThatThrownBy(() -> loader.load(Optional.of(nowhere))).hasMessage("there is no plugins folder " + nowhere);
    }

    @Test
    void aBrokenPluginIsNamed() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(broken.resolve("broken.jar")))) {
            entry(jar, "META-INF/services/io.etlkit.api.EtlPlugin", "demo.Missing".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(this::load)
                .isInstanceOf(PluginException.class)
                .hasMessageStartingWith("the plugin in " + broken + " can not be loaded: ")
                .hasMessageContaining("demo.Missing");
    }

    @Test
    void pluginsOnTheClasspathAreFound() {
        Map<String, SourceFactory<?>> sources = load().sources();
        assertThat(sources).containsKey("memory");
    }

    private PluginRegistry load() {
        return new PluginLoader(new Environment(Map.of(), Optional.empty())).load(Optional.of(folder));
    }

    private void plugin(String directory, String name) throws IOException {
        Path sources = Files.createTempDirectory(folder, ".sources");
        Files.writeString(sources.resolve("DemoPlugin.java"), PLUGIN.replace("NAME", name));
        Files.writeString(sources.resolve("Yaml.java"), LIBRARY);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            null,
                            List.of("-proc:none", "-d", sources.toString()),
                            null,
                            files.getJavaFileObjects(sources.resolve("Yaml.java"), sources.resolve("DemoPlugin.java")))
                    .call();
            assertThat(compiled).isTrue();
        }
        Path target = Files.createDirectory(folder.resolve(directory));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target.resolve("plugin.jar")));
                Stream<Path> classes = Files.walk(sources)) {
            classes.filter(file -> file.toString().endsWith(".class"))
                    .forEach(file -> entry(jar, sources.relativize(file).toString(), bytes(file)));
            entry(jar, "META-INF/services/io.etlkit.api.EtlPlugin", "demo.DemoPlugin".getBytes(StandardCharsets.UTF_8));
        }
        remove(sources);
    }

    private static void entry(JarOutputStream jar, String name, byte[] content) {
        try {
            jar.putNextEntry(new JarEntry(name));
            jar.write(content);
            jar.closeEntry();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
