package io.etlkit.transform.core;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.config.Expression;
import io.etlkit.api.value.BooleanValue;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.util.Set;
import java.util.function.Function;

/** An expression that is a function. */
record FakeExpression(String text, Set<FieldPath> reads, boolean readsWholeBody, Function<EtlRecord, Value> result)
        implements Expression {
    /** The value of a field of the body; null where it is missing. */
    static Expression ofField(String name) {
        FieldPath path = FieldPath.parse(name);
        return new FakeExpression(
                "body." + name,
                Set.of(path),
                false,
                record -> path.find(record.body()).orElse(Value.ofNull()));
    }

    @Override
    public boolean isCondition() {
        return false;
    }

    @Override
    public Value evaluate(EtlRecord record) {
        return result.apply(record);
    }

    @Override
    public boolean test(EtlRecord record) {
        return result.apply(record) == BooleanValue.TRUE;
    }
}
