package io.etlkit.expression.cel;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A path such as {@code headers.sentAt} in an expression, and where in the text each of its dots is. */
final class SimplePath {
    /** What CEL does not take as a name. */
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    private final String text;
    private final boolean ofBody;
    private final String[] names;
    private final int[] dots;

    private SimplePath(String text, boolean ofBody, String[] names, int[] dots) {
        this.text = text;
        this.ofBody = ofBody;
        this.names = names;
        this.dots = dots;
    }

    /** The path between two offsets of the text; empty when a name of it is reserved. */
    static Optional<SimplePath> of(String text, int start, int end) {
        int dot = text.indexOf('.', start);
        boolean ofBody = text.substring(start, dot).equals(RecordVariables.BODY);
        List<String> names = new ArrayList<>();
        List<Integer> dots = new ArrayList<>();
        while (dot >= 0 && dot < end) {
            int next = text.indexOf('.', dot + 1);
            String name = text.substring(dot + 1, next < 0 || next > end ? end : next);
            if (RESERVED.contains(name)) {
                return Optional.empty();
            }
            names.add(name);
            dots.add(dot);
            dot = next;
        }
        return Optional.of(new SimplePath(
                text,
                ofBody,
                names.toArray(String[]::new),
                dots.stream().mapToInt(Integer::intValue).toArray()));
    }

    Set<FieldPath> reads() {
        return ofBody ? Set.of(FieldPath.parse(String.join(".", names))) : Set.of();
    }

    /** The value; a name that is not there, or is no object's, fails. */
    Value value(EtlRecord record) {
        return find(record, names.length).orElseThrow(() -> missing(names.length - 1));
    }

    /**
     * Whether the last name is there; all before it must be.
     *
     * @param offset where {@code has} stands in the text: what is no object at all is its fault, and not a name's
     */
    boolean isIn(EtlRecord record, int offset) {
        int last = names.length - 1;
        if (last == 0 && !ofBody) {
            return record.headers().containsKey(names[0]);
        }
        Value holder = last == 0 ? record.body() : find(record, last).orElseThrow(() -> missing(last - 1));
        if (holder instanceof ObjectValue object) {
            return object.has(names[last]);
        }
        throw missingAt(offset);
    }

    private Optional<Value> find(EtlRecord record, int depth) {
        Optional<Value> found = ofBody
                ? child(record.body(), 0)
                : Optional.ofNullable(record.headers().get(names[0]));
        for (int index = 1; index < depth; index++) {
            Value holder = found.orElse(null);
            if (holder == null) {
                throw missing(index - 1);
            }
            found = child(holder, index);
        }
        return found;
    }

    private Optional<Value> child(Value holder, int index) {
        if (holder instanceof ObjectValue object) {
            return object.get(names[index]);
        }
        throw missing(index);
    }

    private RejectedException missing(int index) {
        return missingAt(dots[index]);
    }

    private RejectedException missingAt(int offset) {
        return EvaluationError.of(EvaluationError.ATTRIBUTE_NOT_FOUND, OptionalInt.of(offset), text);
    }
}
