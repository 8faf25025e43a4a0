package io.etlkit.engine.internal.write;

import io.etlkit.api.Rejection;
import io.etlkit.engine.internal.failure.FatalException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells bad data from a wrong mapping: when the sink refuses more than a fifth of a large batch, it is the pipeline that does
 * not fit the table, and dead-lettering the stream would only hide it. Stateless.
 */
public final class MappingCheck {
    private static final int SMALLEST_BATCH = 200;
    private static final int ONE_IN = 5;

    private final String label;
    private final int smallestBatch;

    private MappingCheck(String label, int smallestBatch) {
        this.label = label;
        this.smallestBatch = smallestBatch;
    }

    public static MappingCheck of(String label) {
        return new MappingCheck(label, SMALLEST_BATCH);
    }

    /** For a replay, which is of refused records only: that many are refused again says nothing of the mapping. */
    public static MappingCheck none() {
        return new MappingCheck("", Integer.MAX_VALUE);
    }

    /**
     * Looks at what was refused so far.
     *
     * @param deliveries how many the whole batch has
     * @param before how many of them were refused in earlier rounds
     * @throws FatalException when it is too much
     */
    void check(int deliveries, int before, WriteOutcome outcome) {
        int refused = before + outcome.rejected().size();
        if (deliveries < smallestBatch || refused * ONE_IN <= deliveries) {
            return;
        }
        throw new FatalException(label + " refused more than a fifth of a batch (" + refused + " of " + deliveries
                + " so far), mostly for " + commonest(outcome)
                + ". That is a mapping that does not fit the table rather than bad data, so the pipeline stops and keeps"
                + " none of these as dead letters: compare the pipeline's fields with the table");
    }

    private static String commonest(WriteOutcome outcome) {
        return outcome.rejected().values().stream()
                .collect(Collectors.groupingBy(MappingCheck::cause, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("no reason given");
    }

    private static String cause(Rejection rejection) {
        return rejection.reason()
                + rejection.field().map(field -> " at " + field).orElse("");
    }
}
