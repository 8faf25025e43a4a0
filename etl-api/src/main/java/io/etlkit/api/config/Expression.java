package io.etlkit.api.config;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.util.Set;

/**
 * An expression of a pipeline file over a record's {@code body} and {@code headers}, compiled once. Immutable, safe for any
 * thread.
 */
public interface Expression {
    /** The expression as it was written. */
    String text();

    /** The fields of the body that it may read by name; see {@link #readsWholeBody()} for the rest. */
    Set<FieldPath> reads();

    /** Whether it may read any field of the body: it uses the body as a whole, or picks a field by a computed name. */
    boolean readsWholeBody();

    /** Whether its result is a boolean whatever the record is, and so carries no field's value. */
    boolean isCondition();

    /**
     * Evaluates it.
     *
     * @throws io.etlkit.api.RejectedException with reason {@code expression_failed} when it can not be evaluated for this
     *     record; its message has a code and a position, and no value
     */
    Value evaluate(EtlRecord record);

    /**
     * Evaluates it as a condition.
     *
     * @throws io.etlkit.api.RejectedException as {@link #evaluate}, and with reason {@code condition_not_boolean} when the
     *     result is no boolean
     */
    boolean test(EtlRecord record);
}
