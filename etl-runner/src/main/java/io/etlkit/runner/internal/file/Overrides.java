package io.etlkit.runner.internal.file;

import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the values of {@code --set path=value} into a tree. A path that is missing is made. */
public final class Overrides {
    private static final Pattern PART = Pattern.compile("\\.?([^.\\[\\]]+)|\\[([0-9]{1,6})\\]");

    private Overrides() {}

    /** The tree with one override, as {@code sink.postgres.url=jdbc:...}; reports what can not be done. */
    public static ConfigNode apply(ConfigNode tree, String override, ConfigProblems problems) {
        int equals = override.indexOf('=');
        Origin at = new Origin("--set", 0, 0, equals < 0 ? override : override.substring(0, equals));
        Optional<List<String>> path = equals < 1 ? Optional.empty() : parts(at.path());
        if (path.isEmpty()) {
            problems.add(at, "must be path=value, as in --set sink.postgres.table=logins");
            return tree;
        }
        String text = override.substring(equals + 1);
        return value(at, text, problems)
                .map(value -> set(tree, path.get(), 0, value, problems))
                .orElse(tree);
    }

    /** The tree with a value at a path of keys. */
    public static ConfigNode set(ConfigNode tree, List<String> path, ConfigNode value, ConfigProblems problems) {
        return set(tree, path, 0, value, problems);
    }

    private static Optional<List<String>> parts(String path) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(path);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            parts.add(matcher.group(1) == null ? "[" + matcher.group(2) : matcher.group(1));
            end = matcher.end();
        }
        return end == path.length() && !parts.isEmpty() ? Optional.of(parts) : Optional.empty();
    }

    private static Optional<ConfigNode> value(Origin at, String text, ConfigProblems problems) {
        if (!text.isEmpty() && "[{\"'".indexOf(text.charAt(0)) >= 0) {
            ConfigProblems ofValue = new ConfigProblems();
            Optional<ConfigNode> parsed = YamlReader.read(at.file(), text, ofValue);
            if (!ofValue.isEmpty()) {
                problems.add(at, "the value is not valid YAML");
            }
            return parsed.map(node -> relocated(node, at));
        }
        return Optional.of(ConfigNode.Scalar.plain(at, text));
    }

    /** The tree said to stand at a place, children included. */
    private static ConfigNode relocated(ConfigNode node, Origin at) {
        if (node instanceof ConfigNode.Mapping mapping) {
            ConfigNode.Mapping moved = new ConfigNode.Mapping(at, Map.of());
            for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
                moved = moved.with(entry.getKey(), relocated(entry.getValue(), at.withPath(at.pathOf(entry.getKey()))));
            }
            return moved;
        } else if (node instanceof ConfigNode.Sequence sequence) {
            List<ConfigNode> elements = new ArrayList<>();
            for (ConfigNode element : sequence.elements()) {
                elements.add(relocated(element, at.withPath(at.pathOf(elements.size()))));
            }
            return new ConfigNode.Sequence(at, elements);
        }
        return node.at(at);
    }

    private static ConfigNode set(
            ConfigNode node, List<String> path, int depth, ConfigNode value, ConfigProblems problems) {
        if (depth == path.size()) {
            return value;
        }
        String part = path.get(depth);
        if (part.startsWith("[")) {
            return element(node, Integer.parseInt(part.substring(1)), path, depth, value, problems);
        }
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            problems.add(value.origin(), "there is no map to put the key \"" + part + "\" into");
            return node;
        }
        ConfigNode child = mapping.get(part).orElse(new ConfigNode.Mapping(value.origin(), Map.of()));
        return mapping.with(part, set(child, path, depth + 1, value, problems));
    }

    private static ConfigNode element(
            ConfigNode node, int index, List<String> path, int depth, ConfigNode value, ConfigProblems problems) {
        if (!(node instanceof ConfigNode.Sequence sequence)
                || index >= sequence.elements().size()) {
            problems.add(value.origin(), "there is no element [" + index + "] in the file");
            return node;
        }
        List<ConfigNode> elements = new ArrayList<>(sequence.elements());
        elements.set(index, set(elements.get(index), path, depth + 1, value, problems));
        return new ConfigNode.Sequence(sequence.origin(), elements);
    }
}
