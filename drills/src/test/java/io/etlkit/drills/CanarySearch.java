package io.etlkit.drills;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Looks through text for canaries in any spelling, in one pass however many there are. */
final class CanarySearch {
    /** Each spelling is found by how it begins; the shortest one has more characters than this. */
    private static final int START = 8;

    private record Needle(String text, Canary canary) {}

    private final Map<String, List<Needle>> needles = new HashMap<>();

    CanarySearch(Collection<Canary> canaries) {
        for (Canary canary : canaries) {
            for (String spelling : canary.spellings()) {
                needles.computeIfAbsent(spelling.substring(0, START), start -> new ArrayList<>())
                        .add(new Needle(spelling, canary));
            }
        }
    }

    /** The baits whose canaries are in a text, sorted. Never the canaries: what is found is printed. */
    List<String> in(String text) {
        TreeSet<String> found = new TreeSet<>();
        for (int at = 0; at + START <= text.length(); at++) {
            for (Needle needle : needles.getOrDefault(text.substring(at, at + START), List.of())) {
                if (text.startsWith(needle.text(), at)) {
                    found.add(needle.canary().bait());
                }
            }
        }
        return List.copyOf(found);
    }
}
