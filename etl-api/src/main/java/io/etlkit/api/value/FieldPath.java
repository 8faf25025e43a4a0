package io.etlkit.api.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Where a value is in a body: names with dots between them, {@code [*]} for every element of a list, and
 * {@code ["odd.name"]} for a name that holds a dot or a bracket. Examples: {@code ip}, {@code device.id},
 * {@code sessions[*].ip}.
 *
 * <p>Immutable. A path that meets a value of another kind than it needs (a name on a number, {@code [*]} on an object)
 * matches nothing.
 */
public final class FieldPath {
    private final List<Segment> segments;
    private final String text;

    private FieldPath(List<Segment> segments) {
        this.segments = List.copyOf(segments);
        this.text = render(segments);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException when it is no path; the message says why
     */
    public static FieldPath parse(String text) {
        return new FieldPath(new FieldPathParser(text).parse());
    }

    /** The path of one top-level field, whatever characters its name holds. */
    public static FieldPath ofName(String name) {
        return new FieldPath(List.of(Segment.named(name)));
    }

    /** The name of the top-level field that this path starts at. */
    public String root() {
        return segments.get(0).name();
    }

    /** The steps of this path, from the body's top; at least one, and the first is a name. Unmodifiable. */
    public List<Segment> segments() {
        return segments;
    }

    /** Whether this path is one top-level field. */
    public boolean isTopLevel() {
        return segments.size() == 1;
    }

    /** Whether this path may match more than one value. */
    public boolean hasWildcard() {
        return segments.stream().anyMatch(Segment::isWildcard);
    }

    /** Whether every value that {@code other} can match is this path's value or lies inside it. */
    public boolean covers(FieldPath other) {
        return other.segments.size() >= segments.size()
                && other.segments.subList(0, segments.size()).equals(segments);
    }

    /** The values that this path matches under {@code root}, nulls included, in document order. */
    public List<Value> select(Value root) {
        List<Value> found = new ArrayList<>(1);
        visit(root, 0, found::add);
        return found;
    }

    /** The first value that this path matches; empty when there is none. */
    public Optional<Value> find(Value root) {
        if (segments.size() == 1 && root instanceof ObjectValue object) {
            return object.get(root());
        }
        List<Value> found = select(root);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    /** {@code root} with each matched value replaced; what the path does not match is left as it is. */
    public Value replace(Value root, UnaryOperator<Value> replacement) {
        return rebuild(root, 0, value -> Optional.of(replacement.apply(value)));
    }

    /** {@code root} without the matched fields; a matched list element is removed from its list. */
    public Value remove(Value root) {
        return rebuild(root, 0, value -> Optional.empty());
    }

    /**
     * {@code root} with the value at this path set, and the objects on the way made when they are missing.
     *
     * @return empty when something on the way is there and is no object
     * @throws IllegalStateException when this path has a wildcard
     */
    public Optional<ObjectValue> set(ObjectValue root, Value value) {
        if (hasWildcard()) {
            throw new IllegalStateException("a path with [*] names no single place: " + text);
        }
        return set(root, 0, value);
    }

    private Optional<ObjectValue> set(ObjectValue object, int depth, Value value) {
        String name = segments.get(depth).name();
        if (depth == segments.size() - 1) {
            return Optional.of(object.with(name, value));
        }
        Value child = object.get(name).orElse(ObjectValue.empty());
        return child instanceof ObjectValue inner
                ? set(inner, depth + 1, value).map(changed -> object.with(name, changed))
                : Optional.empty();
    }

    private void visit(Value value, int depth, Consumer<Value> found) {
        if (depth == segments.size()) {
            found.accept(value);
            return;
        }
        Segment segment = segments.get(depth);
        if (segment.isWildcard()) {
            if (value instanceof ListValue list) {
                list.values().forEach(element -> visit(element, depth + 1, found));
            }
        } else if (value instanceof ObjectValue object) {
            object.get(segment.name()).ifPresent(child -> visit(child, depth + 1, found));
        }
    }

    private Value rebuild(Value value, int depth, Replacement replacement) {
        Segment segment = segments.get(depth);
        boolean last = depth == segments.size() - 1;
        Replacement next = last ? replacement : child -> Optional.of(rebuild(child, depth + 1, replacement));
        if (segment.isWildcard()) {
            if (!(value instanceof ListValue list)) {
                return value;
            }
            List<Value> elements = new ArrayList<>(list.values().size());
            list.values().forEach(element -> next.of(element).ifPresent(elements::add));
            return new ListValue(elements);
        }
        if (!(value instanceof ObjectValue object)) {
            return value;
        }
        String name = segment.name();
        Optional<Value> child = object.get(name);
        if (child.isEmpty()) {
            return value;
        }
        return next.of(child.get()).map(changed -> object.with(name, changed)).orElseGet(() -> object.without(name));
    }

    private static String render(List<Segment> segments) {
        StringBuilder out = new StringBuilder();
        for (Segment segment : segments) {
            if (segment.isWildcard()) {
                out.append("[*]");
            } else if (FieldPathParser.isPlain(segment.name())) {
                out.append(out.length() == 0 ? "" : ".").append(segment.name());
            } else {
                out.append("[\"")
                        .append(segment.name().replace("\\", "\\\\").replace("\"", "\\\""))
                        .append("\"]");
            }
        }
        return out.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldPath path && segments.equals(path.segments);
    }

    @Override
    public int hashCode() {
        return segments.hashCode();
    }

    /** The path in its canonical spelling. */
    @Override
    public String toString() {
        return text;
    }

    @FunctionalInterface
    private interface Replacement {
        Optional<Value> of(Value value);
    }

    /** One step of a path: a field's name, or every element of a list. Immutable. */
    public static final class Segment {
        static final Segment WILDCARD = new Segment("[*]", true);

        private final String name;
        private final boolean wildcard;

        private Segment(String name, boolean wildcard) {
            this.name = name;
            this.wildcard = wildcard;
        }

        static Segment named(String name) {
            return new Segment(name, false);
        }

        /** Whether this is {@code [*]}: every element of a list. */
        public boolean isWildcard() {
            return wildcard;
        }

        /**
         * The field's name.
         *
         * @throws IllegalStateException when this is {@code [*]}
         */
        public String name() {
            if (wildcard) {
                throw new IllegalStateException("[*] has no name");
            }
            return name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Segment segment && wildcard == segment.wildcard && name.equals(segment.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        /** The name, or {@code [*]}. */
        @Override
        public String toString() {
            return name;
        }
    }
}
