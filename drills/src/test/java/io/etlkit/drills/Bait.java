package io.etlkit.drills;

import java.util.List;
import java.util.Map;

/**
 * A message with canaries in it.
 *
 * @param name what is special about it
 * @param body its text
 * @param attributes of the message
 * @param group its group, where the queue has groups
 * @param becomes the reason of its dead letter; {@link #ROW} when it becomes a row
 * @param canaries what is in it
 */
record Bait(
        String name, String body, Map<String, String> attributes, String group, String becomes, List<Canary> canaries) {
    static final String ROW = "a row";

    boolean isRow() {
        return becomes.equals(ROW);
    }
}
