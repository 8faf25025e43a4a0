package io.etlkit.runner.internal.file;

import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.Origin;
import io.etlkit.engine.config.ScalarStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Turns the YAML library's tree into ours. An alias stands for a copy of what it names, so the size of the result is
 * limited; {@code <<} puts another map's keys beneath a map's own.
 */
final class YamlTree {
    private static final int MOST_NODES = 50_000;
    private static final int DEEPEST = 100;
    private static final String MERGE = "<<";

    private final String file;
    private final ConfigProblems problems;
    private int nodes;
    private boolean tooLarge;

    YamlTree(String file, ConfigProblems problems) {
        this.file = file;
        this.problems = problems;
    }

    Optional<ConfigNode> read(Node root) {
        ConfigNode tree = node(root, origin(root, ""), 0);
        if (tooLarge) {
            problems.add(new Origin(file, 1, 1, ""), "is too large or too deep once its aliases are replaced");
            return Optional.empty();
        }
        return Optional.of(tree);
    }

    private ConfigNode node(Node node, Origin origin, int depth) {
        tooLarge |= ++nodes > MOST_NODES || depth > DEEPEST;
        if (tooLarge) {
            return ConfigNode.Scalar.plain(origin, "");
        }
        if (!node.getTag().getValue().startsWith("tag:yaml.org,2002:")) {
            problems.add(origin, "the tag " + node.getTag().getValue() + " means nothing here");
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, origin, depth);
        } else if (node instanceof SequenceNode sequence) {
            List<ConfigNode> elements = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                elements.add(node(element, origin(element, origin.pathOf(elements.size())), depth + 1));
            }
            return new ConfigNode.Sequence(origin, elements);
        }
        return scalar((ScalarNode) node, origin);
    }

    private ConfigNode mapping(MappingNode mapping, Origin origin, int depth) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        Map<String, ConfigNode> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(origin(tuple.getKeyNode(), origin.path()), "a key must be a single text");
                continue;
            }
            String key = keyNode.getValue();
            if (key.equals(MERGE) && keyNode.isPlain()) {
                merge(tuple.getValueNode(), origin, depth, merged);
                continue;
            }
            Origin place = origin(keyNode, origin.pathOf(key));
            ConfigNode value = node(tuple.getValueNode(), place, depth + 1);
            ConfigNode earlier = entries.putIfAbsent(key, value);
            if (earlier != null) {
                problems.add(
                        place,
                        "the key \"" + key + "\" is there twice, first in line "
                                + earlier.origin().line());
            }
        }
        merged.forEach(entries::putIfAbsent);
        return new ConfigNode.Mapping(origin, entries);
    }

    private void merge(Node value, Origin origin, int depth, Map<String, ConfigNode> merged) {
        if (value instanceof SequenceNode sequence) {
            sequence.getValue().forEach(each -> merge(each, origin, depth + 1, merged));
        } else if (node(value, origin, depth + 1) instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach(merged::putIfAbsent);
        } else {
            problems.add(origin(value, origin.path()), "<< must be followed by an alias of a map");
        }
    }

    private static ConfigNode scalar(ScalarNode node, Origin origin) {
        Mark start = node.getStartMark();
        boolean oneLine = start.getLine() == node.getEndMark().getLine();
        int line = start.getLine() + 1;
        int column = start.getColumn() + 1;
        ScalarStyle style = node.isPlain()
                ? new ScalarStyle(false, oneLine, line, column, false, false, false)
                : ScalarStyle.quoted(oneLine && isInQuotes(node), line, column + 1);
        return new ConfigNode.Scalar(origin, node.getValue(), style);
    }

    private static boolean isInQuotes(ScalarNode node) {
        return switch (node.getScalarStyle()) {
            case DOUBLE_QUOTED, SINGLE_QUOTED -> true;
            default -> false;
        };
    }

    private Origin origin(Node node, String path) {
        return new Origin(
                file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, path);
    }
}
