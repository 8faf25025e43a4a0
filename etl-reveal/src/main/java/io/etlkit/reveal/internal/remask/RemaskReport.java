package io.etlkit.reveal.internal.remask;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.token.RevealException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run found and did, in numbers.
 *
 * @param work what was to be done
 * @param before what the column held at the start
 * @param after what it held at the end
 * @param tally what became of the rows with old tokens; those that could not be read stayed as they are
 * @param map what a map held, where one was made
 */
record RemaskReport(Work work, TokenSurvey before, TokenSurvey after, RemaskTally tally, Optional<MapReport> map) {
    /** What a run was to do. */
    enum Work {
        /** Rows were rewritten. */
        REWRITE,
        /** It was counted which would be. */
        DRY_RUN,
        /** A map was filled. */
        MAP_ONLY
    }

    /** What a run did that filled a map and rewrote nothing. */
    static RemaskReport ofMap(TokenSurvey survey, MapReport map) {
        return new RemaskReport(Work.MAP_ONLY, survey, survey, RemaskTally.NONE, Optional.of(map));
    }

    RemaskReport with(MapReport other) {
        return new RemaskReport(work, before, after, tally, Optional.of(other));
    }

    /** Whether all tokens are under the primary keys now, or could be, or are in the map where nothing else was to be done. */
    boolean isComplete() {
        return switch (work) {
            case REWRITE -> tally.failed().isEmpty() && after.old() == 0;
            case DRY_RUN -> tally.failed().isEmpty();
            case MAP_ONLY -> map.stream().allMatch(made -> made.missing() == 0);
        };
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(
                List.of(line("rows with a value", before.rows()), line("already current", before.current())));
        if (work != Work.MAP_ONLY) {
            lines.add(line("of those, hmac", before.currentHmac()));
            lines.add(line(work == Work.DRY_RUN ? "would be rewritten" : "rewritten", tally.rewritten()));
            lines.add(line("changed by others meanwhile", tally.overtaken()));
            tally.failed().forEach((code, count) -> lines.add(line("kept, " + code, count)));
            lines.add(line("no tokens, kept", before.others()));
        }
        lines.add(line("of old keys, left", after.old()));
        lines.add(line("distinct values before", before.distinct()));
        if (work != Work.MAP_ONLY) {
            lines.add(line("distinct values after", after.distinct()));
        }
        map.ifPresent(made -> lines.addAll(made.lines()));
        return lines;
    }

    private static String line(String what, long count) {
        return what + ": " + count;
    }

    ObjectValue toValue() {
        ObjectValue reasons = ObjectValue.empty();
        for (Map.Entry<RevealException.Code, Long> each : tally.failed().entrySet()) {
            reasons = reasons.with(each.getKey().name(), Value.of(each.getValue()));
        }
        ObjectValue counts = ObjectValue.builder()
                .put("dryRun", Value.of(work == Work.DRY_RUN))
                .put("rows", Value.of(before.rows()))
                .put("current", Value.of(before.current()))
                .put("currentHmac", Value.of(before.currentHmac()))
                .put("rewritten", Value.of(tally.rewritten()))
                .put("overtaken", Value.of(tally.overtaken()))
                .put("failed", reasons)
                .put("noTokens", Value.of(before.others()))
                .put("left", Value.of(after.old()))
                .put("distinctBefore", Value.of(before.distinct()))
                .put("distinctAfter", Value.of(after.distinct()))
                .build();
        return map.isPresent() ? counts.with("map", map.get().toValue()) : counts;
    }
}
