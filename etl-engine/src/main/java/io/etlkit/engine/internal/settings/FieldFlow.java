package io.etlkit.engine.internal.settings;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.value.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which top-level fields a body may have after a number of steps. Immutable.
 *
 * <p>A decoded body may have any field, so nothing is known until a step says what remains. A step under a condition may
 * or may not have happened, and what is told covers both: fields that it removes may still be there, those that it writes
 * may be. A conditional {@code select} that is the first to say what remains is taken at its word, for it is how a
 * pipeline declares its columns; a record that it passed by is then the sink's to refuse.
 */
public final class FieldFlow {
    private static final FieldFlow ANYTHING = new FieldFlow(Optional.empty(), Map.of());

    private final Optional<Set<String>> fields;
    private final Map<String, Integer> texts;

    private FieldFlow(Optional<Set<String>> fields, Map<String, Integer> texts) {
        this.fields = fields;
        this.texts = texts;
    }

    /** Before the first step: anything. */
    public static FieldFlow start() {
        return ANYTHING;
    }

    /** After one more step. */
    public FieldFlow through(FieldEffects effects, boolean conditional) {
        if (!effects.known()) {
            return ANYTHING;
        }
        Optional<Set<String>> after = remaining(effects, conditional).map(remaining -> {
            effects.writes().keySet().forEach(written -> remaining.add(written.root()));
            return remaining;
        });
        return new FieldFlow(after, texts(effects, conditional));
    }

    /** What a step under a condition writes may be there or not, so that nothing is known of its length. */
    private Map<String, Integer> texts(FieldEffects effects, boolean conditional) {
        Map<String, Integer> after = new HashMap<>(texts);
        effects.only().ifPresent(only -> after.keySet().retainAll(roots(only)));
        after.keySet().removeAll(roots(effects.removes()));
        after.keySet().removeAll(roots(effects.writes().keySet()));
        if (!conditional) {
            effects.texts().forEach((path, length) -> {
                if (path.isTopLevel()) {
                    after.put(path.root(), length);
                }
            });
        }
        return Map.copyOf(after);
    }

    /** The fields, in order; empty when there may be any. */
    public Optional<List<String>> fields() {
        return fields.map(List::copyOf);
    }

    /** The fields that are texts, with their least number of characters. */
    Map<String, Integer> texts() {
        return texts;
    }

    private Optional<Set<String>> remaining(FieldEffects effects, boolean conditional) {
        Optional<Set<String>> before = fields.map(LinkedHashSet::new);
        if (effects.only().isPresent()) {
            Set<String> only = roots(effects.only().get());
            if (conditional) {
                before.ifPresent(only::addAll);
            }
            return Optional.of(only);
        }
        if (!conditional) {
            before.ifPresent(remaining -> effects.removes().stream()
                    .filter(FieldPath::isTopLevel)
                    .forEach(removed -> remaining.remove(removed.root())));
        }
        return before;
    }

    private static Set<String> roots(Set<FieldPath> paths) {
        Set<String> roots = new LinkedHashSet<>();
        new ArrayList<>(paths).forEach(path -> roots.add(path.root()));
        return roots;
    }
}
