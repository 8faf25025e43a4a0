package io.etlkit.engine.config;

import io.etlkit.api.config.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The smallest and the largest number or duration that an option allows. */
final class Limits {
    private final String min;
    private final String max;

    private Limits(String min, String max) {
        this.min = min;
        this.max = max;
    }

    /** Empty where the option declares none. */
    static Optional<Limits> of(Option option) {
        return option.min().isEmpty() && option.max().isEmpty()
                ? Optional.empty()
                : Optional.of(new Limits(option.min(), option.max()));
    }

    /** For messages and the reference page. */
    String words() {
        if (min.isEmpty()) {
            return "at most " + max;
        }
        return max.isEmpty() ? "at least " + min : "between " + min + " and " + max;
    }

    /** Reports each number and duration outside the limits, at its place; false when there is one. */
    boolean hold(Object value, ConfigNode node, ConfigProblems problems) {
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() || hold(optional.get(), node, problems);
        } else if (value instanceof List<?> list) {
            return holdEach(list, ((ConfigNode.Sequence) node).elements(), problems);
        } else if (value instanceof Map<?, ?> map) {
            return holdEach(map.values(), ((ConfigNode.Mapping) node).entries().values(), problems);
        } else if (isWithin(value)) {
            return true;
        }
        problems.add(node.origin(), "must be " + words() + shown(node));
        return false;
    }

    private boolean holdEach(Iterable<?> values, Iterable<ConfigNode> nodes, ConfigProblems problems) {
        boolean holds = true;
        Iterator<ConfigNode> node = nodes.iterator();
        for (Object value : values) {
            holds &= hold(value, node.next(), problems);
        }
        return holds;
    }

    private boolean isWithin(Object value) {
        return value instanceof Duration duration
                ? (min.isEmpty() || duration.compareTo(DurationText.parse(min)) >= 0)
                        && (max.isEmpty() || duration.compareTo(DurationText.parse(max)) <= 0)
                : isWithin(new BigDecimal(value.toString()));
    }

    private boolean isWithin(BigDecimal number) {
        return (min.isEmpty() || number.compareTo(new BigDecimal(min)) >= 0)
                && (max.isEmpty() || number.compareTo(new BigDecimal(max)) <= 0);
    }

    private static String shown(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar && !scalar.style().confidential()
                ? ", and is " + scalar.text()
                : "";
    }
}
