package io.etlkit.reveal;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.RevealException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run found and did, in numbers.
 *
 * @param dryRun whether nothing was written
 * @param before what the column held at the start
 * @param after what it held at the end
 * @param rewritten how many tokens were rewritten, or would be
 * @param overtaken how many rows somebody else changed between reading and writing; theirs stayed
 * @param failed how many tokens could not be read, by the reason; they stayed as they are
 */
record RemaskReport(
        boolean dryRun,
        TokenSurvey before,
        TokenSurvey after,
        long rewritten,
        long overtaken,
        Map<RevealException.Code, Long> failed) {
    /** Whether all tokens are under the primary keys now. */
    boolean isComplete() {
        return failed.isEmpty() && (dryRun || after.old() == 0);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                line("rows with a value", before.rows()),
                line("already current", before.current()),
                line("of those, hmac", before.currentHmac()),
                line(dryRun ? "would be rewritten" : "rewritten", rewritten),
                line("changed by others meanwhile", overtaken)));
        failed.forEach((code, count) -> lines.add(line("kept, " + code, count)));
        lines.add(line("no tokens, kept", before.others()));
        lines.add(line("of old keys, left", after.old()));
        lines.add(line("distinct values before", before.distinct()));
        lines.add(line("distinct values after", after.distinct()));
        return lines;
    }

    private static String line(String what, long count) {
        return what + ": " + count;
    }

    ObjectValue toValue() {
        ObjectValue reasons = ObjectValue.empty();
        for (Map.Entry<RevealException.Code, Long> each : failed.entrySet()) {
            reasons = reasons.with(each.getKey().name(), Value.of(each.getValue()));
        }
        return ObjectValue.builder()
                .put("dryRun", Value.of(dryRun))
                .put("rows", Value.of(before.rows()))
                .put("current", Value.of(before.current()))
                .put("currentHmac", Value.of(before.currentHmac()))
                .put("rewritten", Value.of(rewritten))
                .put("overtaken", Value.of(overtaken))
                .put("failed", reasons)
                .put("noTokens", Value.of(before.others()))
                .put("left", Value.of(after.old()))
                .put("distinctBefore", Value.of(before.distinct()))
                .put("distinctAfter", Value.of(after.distinct()))
                .build();
    }
}
