package io.etlkit.transform.mask.internal.type;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Things that a configuration picks by name, and what is said when there is none of the name. */
public final class NamedOptions<T> {
    private final String option;
    private final Map<String, T> things;
    private final Map<String, String> refused;

    /** {@code refused} tells, of names that are often asked for, why there is nothing under them. */
    public NamedOptions(String option, Map<String, T> things, Map<String, String> refused) {
        this.option = option;
        this.things = things;
        this.refused = refused;
    }

    public T find(String name) {
        T found = things.get(name);
        if (found != null) {
            return found;
        }
        String known = refused.get(plain(name));
        String start = option + ": ";
        if (known != null) {
            throw new IllegalArgumentException(start + "\"" + name + "\" " + known);
        }
        throw new IllegalArgumentException(start + "unknown " + option + " \"" + name + "\""
                + similar(name)
                        .map(other -> "; did you mean \"" + other + "\"?")
                        .orElse("; there is " + String.join(", ", things.keySet())));
    }

    private Optional<String> similar(String name) {
        return things.keySet().stream()
                .filter(other ->
                        plain(name).startsWith(plain(other)) || plain(other).startsWith(plain(name)))
                .min(Comparator.comparingInt(
                        other -> Math.abs(plain(name).length() - plain(other).length())));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
