package io.etlkit.engine.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place that the check of a record names at the start of its message: {@code fields[0].path: must not be empty}.
 *
 * @param origin the place, or that of the whole record
 * @param message the rest of the message
 */
record NamedPlace(Origin origin, String message) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)((?:\\.[A-Za-z0-9_-]+|\\[[0-9]+\\])*): (.*)", Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[([0-9]{1,9})\\]");

    static NamedPlace find(String message, ConfigNode.Mapping options) {
        Matcher matcher = FORM.matcher(message);
        if (!matcher.matches()) {
            return new NamedPlace(options.origin(), message);
        }
        Optional<ConfigNode> node = options.get(matcher.group(1));
        if (node.isEmpty()) {
            return new NamedPlace(options.origin(), message);
        }
        ConfigNode place = node.get();
        Matcher part = PART.matcher(matcher.group(2));
        while (part.find()) {
            Optional<ConfigNode> next = next(place, part);
            if (next.isEmpty()) {
                break;
            }
            place = next.get();
        }
        return new NamedPlace(place.origin(), matcher.group(3));
    }

    private static Optional<ConfigNode> next(ConfigNode node, Matcher part) {
        if (node instanceof ConfigNode.Mapping mapping && part.group(1) != null) {
            return mapping.get(part.group(1));
        }
        if (node instanceof ConfigNode.Sequence sequence && part.group(2) != null) {
            int index = Integer.parseInt(part.group(2));
            return index < sequence.elements().size()
                    ? Optional.of(sequence.elements().get(index))
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
