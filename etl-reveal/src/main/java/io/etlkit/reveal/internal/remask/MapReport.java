package io.etlkit.reveal.internal.remask;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.util.List;

/**
 * What a map from old starts to new tokens holds, and what became of it.
 *
 * @param table where it is
 * @param starts how many old starts it holds
 * @param distinct how many different values the column has, where the two tokens of one count once
 * @param missing rows with a token of old keys whose start is not in it
 * @param fate whether it is there still
 */
record MapReport(MapTable table, long starts, long distinct, long missing, Fate fate) {
    /** What became of the map. */
    enum Fate {
        /** It is there. */
        KEPT("kept", "is there, and ties the generations together; when it is not needed any more: --map drop"),
        /** It is gone. */
        DROPPED("dropped", "is dropped"),
        /** Another run uses it, and drops it, or keeps it, as its command line says. */
        IN_USE("in use", "is in use by another run, which drops it, or keeps it, at its end");

        private final String state;
        private final String words;

        Fate(String state, String words) {
            this.state = state;
            this.words = words;
        }

        /** For programs. */
        String state() {
            return state;
        }

        /** For people. */
        String words() {
            return words;
        }
    }

    MapReport with(Fate other) {
        return new MapReport(table, starts, distinct, missing, other);
    }

    List<String> lines() {
        return List.of(
                "old starts in the map: " + starts,
                "of old keys, not in the map: " + missing,
                "distinct values by the map: " + distinct,
                table.fate(fate));
    }

    ObjectValue toValue() {
        return ObjectValue.builder()
                .put("table", Value.of(table.quoted()))
                .put("starts", Value.of(starts))
                .put("missing", Value.of(missing))
                .put("distinct", Value.of(distinct))
                .put("state", Value.of(fate.state()))
                .build();
    }
}
