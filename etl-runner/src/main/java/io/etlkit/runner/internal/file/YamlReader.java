package io.etlkit.runner.internal.file;

import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.Origin;
import java.io.StringReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads YAML text into a located tree. Stateless, safe for any thread. */
public final class YamlReader {
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int DEEPEST = 64;

    private YamlReader() {}

    /**
     * Reads one document.
     *
     * @param file what problems call it
     * @return empty when it can not be read; the problem is then reported
     */
    public static Optional<ConfigNode> read(String file, String text, ConfigProblems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setNestingDepthLimit(DEEPEST);
        Origin top = new Origin(file, 1, 1, "");
        try {
            @Nullable Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root == null) {
                problems.add(top, "is empty; a pipeline needs at least name, source and sink");
                return Optional.empty();
            }
            return new YamlTree(file, problems).read(root);
        } catch (MarkedYAMLException malformed) {
            problems.add(place(top, malformed), describe(malformed, text));
        } catch (YAMLException malformed) {
            problems.add(top, "is no YAML that can be read: " + firstLine(malformed.getMessage()));
        }
        return Optional.empty();
    }

    private static Origin place(Origin top, MarkedYAMLException malformed) {
        @Nullable Mark mark = malformed.getProblemMark();
        return mark == null ? top : new Origin(top.file(), mark.getLine() + 1, mark.getColumn() + 1, "");
    }

    private static String describe(MarkedYAMLException malformed, String text) {
        @Nullable Mark mark = malformed.getProblemMark();
        String line = mark == null
                ? ""
                : text.lines().skip(mark.getLine()).findFirst().orElse("");
        if (line.stripLeading().length() < line.length() && line.contains("\t")) {
            return "is not valid YAML: it is indented with spaces, never with tabs";
        }
        return "is not valid YAML: "
                + firstLine(malformed.getProblem())
                + (line.contains("${") ? "; within { } and [ ] a ${...} has to be put in quotes" : "");
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
