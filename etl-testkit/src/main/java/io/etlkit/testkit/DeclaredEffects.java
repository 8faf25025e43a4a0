package io.etlkit.testkit;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what a transform did to a body's top-level fields against what its factory declares. */
final class DeclaredEffects {
    private DeclaredEffects() {}

    static void check(FieldEffects effects, Value before, Value after) {
        if (effects.known() && before instanceof ObjectValue from && after instanceof ObjectValue to) {
            check(effects, from, to);
        }
    }

    private static void check(FieldEffects effects, ObjectValue before, ObjectValue after) {
        Set<String> written = roots(effects.writes().keySet());
        Set<String> removed = effects.removes().stream()
                .filter(FieldPath::isTopLevel)
                .map(FieldPath::root)
                .collect(Collectors.toSet());
        Set<String> touched = roots(effects.removes());
        for (String name : after.names()) {
            boolean kept = before.has(name)
                    && !removed.contains(name)
                    && effects.only().map(only -> roots(only).contains(name)).orElse(true);
            if (!kept && !written.contains(name)) {
                throw new AssertionError("field " + name
                        + " is there, but the factory's fields(..) does not say that it is" + " written or kept");
            }
            boolean changed = !after.get(name).equals(before.get(name));
            if (changed
                    && !written.contains(name)
                    && !touched.contains(name)
                    && effects.only().isEmpty()) {
                throw new AssertionError(
                        "field " + name + " is changed, but the factory's fields(..) does not say that it is written");
            }
        }
        for (String name : before.names()) {
            boolean mayGo = removed.contains(name)
                    || written.contains(name)
                    || effects.only().isPresent();
            if (!after.has(name) && !mayGo) {
                throw new AssertionError(
                        "field " + name + " is gone, but the factory's fields(..) does not say that it is removed");
            }
        }
    }

    private static Set<String> roots(Collection<FieldPath> paths) {
        return paths.stream().map(FieldPath::root).collect(Collectors.toSet());
    }
}
