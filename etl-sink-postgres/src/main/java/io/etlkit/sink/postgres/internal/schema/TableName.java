package io.etlkit.sink.postgres.internal.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table's name, with or without its schema: {@code user_logins}, {@code app.user_logins}, {@code app."odd.name"}. Upper
 * and lower case are kept; quotes are needed only around a dot.
 */
public record TableName(Optional<String> schema, String name) {
    /** Postgres silently cuts longer names. */
    private static final int MAX_BYTES = 63;

    /**
     * Parses a name.
     *
     * @throws IllegalArgumentException when it is not a table name
     */
    public static TableName parse(String text) {
        List<String> parts = split(text);
        if (parts.size() > 2) {
            throw new IllegalArgumentException("at most a schema and a name, with one dot between: \"" + text + "\"");
        }
        for (String part : parts) {
            if (part.isEmpty() || part.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a name must not be empty: \"" + text + "\"");
            }
            if (part.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
                throw new IllegalArgumentException("a name has at most " + MAX_BYTES + " bytes: \"" + text + "\"");
            }
        }
        return parts.size() == 2
                ? new TableName(Optional.of(parts.get(0)), parts.get(1))
                : new TableName(Optional.empty(), parts.get(0));
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                part.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed: \"" + text + "\"");
        }
        parts.add(part.toString());
        return parts;
    }

    /** Another table of the same schema. */
    public TableName sibling(String otherName) {
        return new TableName(schema, otherName);
    }

    /** The name as SQL text, quoted. */
    public String sql() {
        return schema.map(text -> quote(text) + ".").orElse("") + quote(name);
    }

    /** An identifier as SQL text. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** The name as messages show it. */
    @Override
    public String toString() {
        return schema.map(text -> text + ".").orElse("") + name;
    }
}
