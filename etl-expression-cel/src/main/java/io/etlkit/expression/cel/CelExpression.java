package io.etlkit.expression.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.config.Expression;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression that the CEL library evaluates. */
record CelExpression(
        String text, Set<FieldPath> reads, boolean readsWholeBody, boolean isCondition, CelRuntime.Program program)
        implements Expression {
    /** CEL tells the place only in its message, where it stands before anything that comes out of a record. */
    private static final Pattern PLACE = Pattern.compile("evaluation error at <input>:(\\d{1,9}): ");

    @Override
    public Value evaluate(EtlRecord record) {
        return CelValues.fromCel(run(record)).orElseThrow(EvaluationError::unsupportedResult);
    }

    @Override
    public boolean test(EtlRecord record) {
        Object result = run(record);
        if (result instanceof Boolean holds) {
            return holds;
        }
        throw EvaluationError.notBoolean(
                CelValues.fromCel(result).map(value -> value.kind().label()).orElse("of another kind"));
    }

    /** No exception of CEL's is passed on, not as a cause either: their messages quote values. */
    private Object run(EtlRecord record) {
        try {
            return program.eval(new RecordVariables(record));
        } catch (CelEvaluationException failed) {
            throw EvaluationError.of(failed.getErrorCode().name(), place(failed), text);
        } catch (RuntimeException failed) {
            throw EvaluationError.of(CelErrorCode.INTERNAL_ERROR.name(), OptionalInt.empty(), text);
        }
    }

    private static OptionalInt place(CelEvaluationException failed) {
        Matcher place = PLACE.matcher(String.valueOf(failed.getMessage()));
        return place.lookingAt() ? OptionalInt.of(Integer.parseInt(place.group(1))) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
