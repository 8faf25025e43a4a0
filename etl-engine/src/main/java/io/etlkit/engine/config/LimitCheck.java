package io.etlkit.engine.config;

import io.etlkit.api.config.OptionLimits;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports numbers and durations outside an option's limits, each at its place. */
final class LimitCheck {
    private final OptionLimits limits;
    private final ConfigProblems problems;

    LimitCheck(OptionLimits limits, ConfigProblems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    /** Whether the value, and all that it holds, is within the limits. */
    boolean passes(Object value, ConfigNode node) {
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() || passes(optional.get(), node);
        } else if (value instanceof List<?> list) {
            return passEach(list, ((ConfigNode.Sequence) node).elements());
        } else if (value instanceof Map<?, ?> map) {
            return passEach(map.values(), ((ConfigNode.Mapping) node).entries().values());
        } else if (limits.allow(value)) {
            return true;
        }
        problems.add(node.origin(), "must be " + limits + shown(node));
        return false;
    }

    private boolean passEach(Iterable<?> values, Iterable<ConfigNode> nodes) {
        boolean passes = true;
        Iterator<ConfigNode> node = nodes.iterator();
        for (Object value : values) {
            passes &= passes(value, node.next());
        }
        return passes;
    }

    private static String shown(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar && !scalar.style().confidential()
                ? ", and is " + scalar.text()
                : "";
    }
}
