package io.etlkit.api.value;

import io.etlkit.api.value.FieldPath.Segment;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link FieldPath}. */
final class FieldPathParser {
    private final String text;
    private final List<Segment> segments = new ArrayList<>();
    private int position;

    FieldPathParser(String text) {
        this.text = text;
    }

    List<Segment> parse() {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a field's path must not be empty");
        }
        while (position < text.length()) {
            if (text.startsWith("[*]", position)) {
                if (segments.isEmpty()) {
                    throw problem("a path starts with a field's name, not with [*]");
                }
                segments.add(Segment.WILDCARD);
                position += 3;
            } else if (text.startsWith("[\"", position)) {
                segments.add(Segment.named(quotedName()));
            } else {
                segments.add(Segment.named(plainName()));
            }
        }
        return segments;
    }

    private String plainName() {
        if (!segments.isEmpty()) {
            if (text.charAt(position) != '.') {
                throw problem("expected '.', '[*]' or '[\"'");
            }
            position++;
        }
        int start = position;
        while (position < text.length() && isPlain(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw problem("expected a field's name");
        }
        return text.substring(start, position);
    }

    private String quotedName() {
        StringBuilder name = new StringBuilder();
        position += 2;
        while (position < text.length() && text.charAt(position) != '"') {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            name.append(text.charAt(position++));
        }
        if (!text.startsWith("\"]", position)) {
            throw problem("expected '\"]'");
        }
        position += 2;
        return name.toString();
    }

    static boolean isPlain(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> isPlain((char) c));
    }

    private static boolean isPlain(char c) {
        return c != '.' && c != '[' && c != ']' && c != '"' && c != '\\' && !Character.isWhitespace(c);
    }

    private IllegalArgumentException problem(String what) {
        return new IllegalArgumentException(
                "not a field's path: \"" + text + "\", at character " + (position + 1) + ": " + what);
    }
}
