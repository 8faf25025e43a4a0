package io.etlkit.reveal.internal.remask;

import io.etlkit.transform.mask.token.RevealException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of rows with old tokens.
 *
 * @param rewritten how many were rewritten, or would be
 * @param overtaken how many somebody else changed between reading and writing
 * @param failed how many tokens could not be read, by the reason
 */
record RemaskTally(long rewritten, long overtaken, Map<RevealException.Code, Long> failed) {
    static final RemaskTally NONE = new RemaskTally(0, 0, Map.of());

    RemaskTally plus(RemaskTally other) {
        Map<RevealException.Code, Long> sum = new EnumMap<>(RevealException.Code.class);
        sum.putAll(failed);
        other.failed.forEach((code, count) -> sum.merge(code, count, Long::sum));
        return new RemaskTally(rewritten + other.rewritten, overtaken + other.overtaken, sum);
    }

    /** Forgets the failures, which the next passage through the rows meets again. */
    RemaskTally withoutFailures() {
        return new RemaskTally(rewritten, overtaken, Map.of());
    }

    long failures() {
        return failed.values().stream().mapToLong(Long::longValue).sum();
    }
}
