package io.etlkit.runner.internal.file;

import com.google.inject.Inject;
import io.etlkit.engine.config.ConfigBinder;
import io.etlkit.engine.config.ConfigException;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.Origin;
import io.etlkit.runner.internal.Environment;
import io.etlkit.runner.internal.plugin.PluginRegistry;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a pipeline file: YAML to a located tree, overrides, references, then the binding. Connects to nothing but secret
 * providers. Safe for any thread.
 */
public final class PipelineReader {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineReader.class);

    private final Environment environment;
    private final ConfigBinder binder;

    /** A reader that takes variables from the environment given. */
    @Inject
    public PipelineReader(Environment environment, ConfigBinder binder) {
        this.environment = environment;
        this.binder = binder;
    }

    /**
     * Reads a file to run it. Warnings go to the log.
     *
     * @throws ConfigException with everything that is wrong
     */
    public PipelineDefinition read(Path file, PluginRegistry plugins, ReadMode mode) {
        ConfigProblems problems = new ConfigProblems();
        Optional<PipelineDefinition> definition =
                tree(file, problems).flatMap(tree -> bind(tree, file, plugins, mode, problems));
        PipelineDefinition whole = definition.orElseThrow(() -> new ConfigException(problems.list()));
        problems.warnings().forEach(warning -> LOG.warn("{}", warning));
        return whole;
    }

    /** Reads a file to look at it. Reports what is wrong; where nothing is, also what is hardly meant. */
    public void check(Path file, PluginRegistry plugins, ConfigProblems problems) {
        Optional<ConfigNode> tree = tree(file, problems);
        if (tree.isPresent()) {
            bind(tree.get(), file, plugins, ReadMode.check(), problems);
            if (problems.isEmpty()) {
                new Warnings(plugins, problems).look(tree.get());
            }
        }
    }

    private Optional<PipelineDefinition> bind(
            ConfigNode written, Path file, PluginRegistry plugins, ReadMode mode, ConfigProblems problems) {
        ConfigNode tree = written;
        for (String override : mode.overrides()) {
            tree = Overrides.apply(tree, override, problems);
        }
        Optional<DevOverlay> overlay = mode.devServices().map(services -> new DevOverlay(services, plugins));
        if (overlay.isPresent()) {
            tree = overlay.get().endpoints(tree);
        }
        Path folder = folderOf(file);
        tree = new References(environment, folder, plugins.secretProviders(), mode.lookUpSecrets(), problems)
                .resolve(tree);
        if (overlay.isPresent()) {
            tree = overlay.get().queue(tree);
            refuseUnresolved(tree, problems);
        }
        Optional<PipelineDefinition> definition = new DefinitionBinder(binder, plugins, problems).bind(tree, folder);
        if (definition.isPresent() && mode.runs()) {
            KeysetFiles.require(tree, definition.get(), folder, problems);
        }
        return definition.filter(whole -> problems.isEmpty());
    }

    private static void refuseUnresolved(ConfigNode node, ConfigProblems problems) {
        if (node instanceof ConfigNode.Scalar scalar && scalar.style().unresolved()) {
            problems.add(
                    scalar.origin(),
                    "is a secret, and --dev looks none up; give it a default or a value with --set "
                            + scalar.origin().path() + "=VALUE");
        } else if (node instanceof ConfigNode.Sequence sequence) {
            sequence.elements().forEach(element -> refuseUnresolved(element, problems));
        } else if (node instanceof ConfigNode.Mapping mapping) {
            mapping.entries().values().forEach(value -> refuseUnresolved(value, problems));
        }
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent.normalize();
    }

    private static Optional<ConfigNode> tree(Path file, ConfigProblems problems) {
        Origin whole = new Origin(file.toString(), 0, 0, "");
        try {
            if (Files.isDirectory(file)) {
                problems.add(
                        whole, "is a folder; name the pipeline file in it, as in " + file.resolve("pipeline.yaml"));
                return Optional.empty();
            }
            return YamlReader.read(file.toString(), Files.readString(file), problems);
        } catch (NoSuchFileException missing) {
            problems.add(whole, "there is no such file");
        } catch (CharacterCodingException binary) {
            problems.add(whole, "is not UTF-8 text");
        } catch (IOException unreadable) {
            problems.add(whole, "can not be read");
        }
        return Optional.empty();
    }
}
