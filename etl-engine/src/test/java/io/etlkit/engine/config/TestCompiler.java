package io.etlkit.engine.config;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.ExpressionCompiler;
import io.etlkit.api.config.ExpressionException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.NullValue;
import io.etlkit.api.value.Value;
import java.util.Set;

/** A compiler of expressions that accepts any text but "bad". */
final class TestCompiler implements ExpressionCompiler {
    @Override
    public String language() {
        return "TEST";
    }

    @Override
    public Expression compile(String text) throws ExpressionException {
        if (text.equals("bad")) {
            throw new ExpressionException("no operator", 1, 2);
        }
        return new TestExpression(text);
    }

    private record TestExpression(String text) implements Expression {
        @Override
        public Set<FieldPath> reads() {
            return Set.of();
        }

        @Override
        public boolean readsWholeBody() {
            return false;
        }

        @Override
        public boolean isCondition() {
            return false;
        }

        @Override
        public Value evaluate(EtlRecord record) {
            return NullValue.INSTANCE;
        }

        @Override
        public boolean test(EtlRecord record) {
            return true;
        }
    }
}
