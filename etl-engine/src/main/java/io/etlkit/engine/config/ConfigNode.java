package io.etlkit.engine.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A configuration tree in which each node knows its place in the file. Immutable, safe for any thread. {@code toString} shows no
 * scalar's text: it may be a secret.
 */
public sealed interface ConfigNode {
    /** Its place: the key of a map's entry, the first character of a list's element. */
    Origin origin();

    /** What it is, for messages: {@code a list}. */
    String describe();

    /** The same node at another place. */
    ConfigNode at(Origin origin);

    /** A single value, as text. */
    final class Scalar implements ConfigNode {
        private final Origin origin;
        private final String text;
        private final ScalarStyle style;

        /** A scalar. */
        public Scalar(Origin origin, String text, ScalarStyle style) {
            this.origin = origin;
            this.text = text;
            this.style = style;
        }

        /** A plain scalar that comes from no file. */
        public static Scalar plain(Origin origin, String text) {
            return new Scalar(origin, text, ScalarStyle.plain(origin.line(), origin.column()));
        }

        @Override
        public Origin origin() {
            return origin;
        }

        /** The text; meaningless when {@link ScalarStyle#unresolved}. */
        public String text() {
            return text;
        }

        /** How it was written, and where its text comes from. */
        public ScalarStyle style() {
            return style;
        }

        /** Its type in YAML's core schema. */
        public ScalarType type() {
            return style.quoted() ? ScalarType.TEXT : ScalarType.of(text);
        }

        /** The text in quotes for a message, or a placeholder where it must not be shown. */
        public String shown() {
            return style.confidential() || style.unresolved() ? "(a secret that is not shown)" : "\"" + text + "\"";
        }

        @Override
        public String describe() {
            return switch (type()) {
                case NULL -> "nothing";
                case BOOLEAN -> "true or false";
                case INTEGER, DECIMAL -> "a number";
                case TEXT -> "a text";
            };
        }

        @Override
        public Scalar at(Origin newOrigin) {
            return new Scalar(newOrigin, text, style);
        }

        @Override
        public String toString() {
            return "scalar at " + origin.path();
        }
    }

    /**
     * A list.
     *
     * @param origin its place
     * @param elements its elements
     */
    record Sequence(Origin origin, List<ConfigNode> elements) implements ConfigNode {
        /** Copies the elements. */
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String describe() {
            return "a list";
        }

        @Override
        public Sequence at(Origin newOrigin) {
            return new Sequence(newOrigin, elements);
        }
    }

    /**
     * A map with text keys, in the order in which they were written.
     *
     * @param origin its place
     * @param entries its entries
     */
    record Mapping(Origin origin, Map<String, ConfigNode> entries) implements ConfigNode {
        /** Copies the entries, keeping their order. */
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** The value of a key; empty when the key is missing. */
        public Optional<ConfigNode> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        /** This map with the keys that meet a condition. */
        public Mapping keeping(Predicate<String> condition) {
            Map<String, ConfigNode> kept = new LinkedHashMap<>(entries);
            kept.keySet().removeIf(condition.negate());
            return new Mapping(origin, kept);
        }

        /** This map with a key set; a new key goes last. */
        public Mapping with(String key, ConfigNode value) {
            Map<String, ConfigNode> changed = new LinkedHashMap<>(entries);
            changed.put(key, value);
            return new Mapping(origin, changed);
        }

        @Override
        public String describe() {
            return "a map";
        }

        @Override
        public Mapping at(Origin newOrigin) {
            return new Mapping(newOrigin, entries);
        }
    }
}
