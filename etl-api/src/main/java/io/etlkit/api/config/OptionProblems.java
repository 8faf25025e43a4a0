package io.etlkit.api.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the options set on a generated builder. Collects all problems, then reports them at once. Used by one
 * thread; used by generated code only.
 */
public final class OptionProblems {
    private final List<String> problems = new ArrayList<>();

    /** Begins without problems. */
    public OptionProblems() {}

    /** Reports a required option that was not set. */
    public void require(String name, @Nullable Object value, String description) {
        if (value == null) {
            problems.add(name + ": is missing: " + description);
        }
    }

    /** Reports each number and duration outside the limits, also inside an Optional, a list or a map. */
    public void limit(String name, @Nullable Object value, OptionLimits limits) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(each -> limit(name, each, limits));
        } else if (value instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                limit(name + "[" + index + "]", list.get(index), limits);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> limit(name + "." + key, each, limits));
        } else if (value != null && !limits.allow(value)) {
            problems.add(name + ": must be " + limits + ", and is " + shown(value));
        }
    }

    private static String shown(Object value) {
        return value instanceof Duration duration ? DurationText.format(duration) : value.toString();
    }

    /**
     * Ends the checks.
     *
     * @throws IllegalArgumentException with every problem, one a line, when there is one
     */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }
}
