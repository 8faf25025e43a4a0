package io.etlkit.engine.config;

/** Finds secrets in a configuration tree. */
final class Confidential {
    private Confidential() {}

    /** Whether the message quotes a scalar that a secret was put into. */
    static boolean isShownIn(String message, ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar) {
            return scalar.style().confidential() && !scalar.text().isEmpty() && message.contains(scalar.text());
        } else if (node instanceof ConfigNode.Sequence sequence) {
            return sequence.elements().stream().anyMatch(element -> isShownIn(message, element));
        } else if (node instanceof ConfigNode.Mapping mapping) {
            return mapping.entries().values().stream().anyMatch(value -> isShownIn(message, value));
        }
        return false;
    }

    /** Whether a scalar's text is not known, because secrets are not looked up. */
    static boolean hasUnresolved(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar) {
            return scalar.style().unresolved();
        } else if (node instanceof ConfigNode.Sequence sequence) {
            return sequence.elements().stream().anyMatch(Confidential::hasUnresolved);
        } else if (node instanceof ConfigNode.Mapping mapping) {
            return mapping.entries().values().stream().anyMatch(Confidential::hasUnresolved);
        }
        return false;
    }
}
