package io.etlkit.engine.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the defaults that options declare: a scalar, or a list or map in YAML's flow style ({@code [a, b]}, {@code {a: b}})
 * without escapes. Plugin authors write these texts, so a malformed one throws.
 */
final class FlowText {
    private final Origin top;
    private final String text;
    private int position;

    private FlowText(Origin top, String text) {
        this.top = top;
        this.text = text;
    }

    static ConfigNode parse(Origin origin, String text) {
        if (!text.startsWith("[") && !text.startsWith("{")) {
            // Whatever type the option has, the text is of it; empty text is a text.
            return new ConfigNode.Scalar(origin, text, ScalarStyle.plain(0, 0).substituted(false, false));
        }
        FlowText parser = new FlowText(origin, text);
        ConfigNode node = parser.node(origin);
        parser.blanks();
        if (parser.position != text.length()) {
            throw parser.malformed();
        }
        return node;
    }

    private ConfigNode node(Origin origin) {
        blanks();
        return switch (peek()) {
            case '[' -> sequence(origin);
            case '{' -> mapping(origin);
            default -> scalar(origin);
        };
    }

    private ConfigNode sequence(Origin origin) {
        List<ConfigNode> elements = new ArrayList<>();
        position++;
        while (!closes(']')) {
            elements.add(node(top.withPath(origin.pathOf(elements.size()))));
        }
        return new ConfigNode.Sequence(origin, elements);
    }

    private ConfigNode mapping(Origin origin) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        position++;
        while (!closes('}')) {
            String key = scalar(origin).text();
            blanks();
            if (peek() != ':') {
                throw malformed();
            }
            position++;
            entries.put(key, node(top.withPath(origin.pathOf(key))));
        }
        return new ConfigNode.Mapping(origin, entries);
    }

    private ConfigNode.Scalar scalar(Origin origin) {
        blanks();
        char quote = peek();
        int start = position;
        if (quote == '"' || quote == '\'') {
            int end = text.indexOf(quote, start + 1);
            if (end < 0) {
                throw malformed();
            }
            position = end + 1;
            return new ConfigNode.Scalar(origin, text.substring(start + 1, end), ScalarStyle.quoted(false, 0, 0));
        }
        while (position < text.length() && ",]}:".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return ConfigNode.Scalar.plain(origin, text.substring(start, position).strip());
    }

    private boolean closes(char end) {
        blanks();
        if (peek() == ',') {
            position++;
            blanks();
        }
        if (peek() != end) {
            return false;
        }
        position++;
        return true;
    }

    private void blanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw malformed();
        }
        return text.charAt(position);
    }

    private IllegalStateException malformed() {
        return new IllegalStateException("the default of " + top.path() + " cannot be read: " + text);
    }
}
