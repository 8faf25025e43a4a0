package io.etlkit.expression.cel;

import io.etlkit.api.config.Expression;
import io.etlkit.api.config.ExpressionCompiler;
import io.etlkit.api.config.ExpressionException;
import java.util.Optional;

/**
 * Compiles expressions in CEL, the Common Expression Language (https://cel.dev), over {@code body} and {@code headers}, with
 * the standard library, the string extensions and {@code date(timestamp[, zone])}.
 *
 * <p>Stateless, safe for any thread. The first expression that is more than a path, {@code has(path)} or {@code date(path)}
 * loads the CEL library, which takes a good part of a second; the expressions before it do without.
 */
public final class CelExpressionCompiler implements ExpressionCompiler {
    /** For {@link java.util.ServiceLoader}. */
    public CelExpressionCompiler() {}

    @Override
    public String language() {
        return "CEL";
    }

    @Override
    public Expression compile(String text) throws ExpressionException {
        Optional<Expression> simple = SimpleExpression.compile(text);
        return simple.isPresent() ? simple.get() : CelLibrary.compile(text);
    }
}
