package io.etlkit.engine.config;

import io.etlkit.api.config.ExpressionCompiler;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Turns located configuration into annotated records; see {@link io.etlkit.api.config.Option} for the types. Immutable, safe
 * for any thread.
 *
 * <p>Empty text, which is what <code>${env:NAME:}</code> gives when the variable is not set, counts as absent for an
 * optional option. A scalar whose secret was not looked up binds to a placeholder for a text or a secret option, and to
 * nothing for any other.
 */
public final class ConfigBinder {
    private final Supplier<Optional<ExpressionCompiler>> expressions;

    private ConfigBinder(Supplier<Optional<ExpressionCompiler>> expressions) {
        this.expressions = expressions;
    }

    /** A binder whose expressions are compiled by the language that {@link ServiceLoader} finds, when it is first needed. */
    public static ConfigBinder create() {
        return new ConfigBinder(new InstalledExpressions());
    }

    /** A binder whose expressions are compiled by the compiler given. */
    public static ConfigBinder with(ExpressionCompiler compiler) {
        return new ConfigBinder(() -> Optional.of(compiler));
    }

    /**
     * Makes the record.
     *
     * @param problems collects everything that is wrong
     * @return empty when something is wrong, or when the record depends on a secret that was not looked up
     */
    public <C extends Record> Optional<C> bind(Class<C> type, ConfigNode node, ConfigProblems problems) {
        int before = problems.size();
        return new ValueBinding(problems, new ScalarBinding(problems, expressions))
                .records()
                .bind(type, node)
                .filter(bound -> problems.size() == before);
    }

    /** Looks for the compiler once. */
    private static final class InstalledExpressions implements Supplier<Optional<ExpressionCompiler>> {
        private Optional<ExpressionCompiler> found = Optional.empty();

        @Override
        public synchronized Optional<ExpressionCompiler> get() {
            if (found.isEmpty()) {
                found = ServiceLoader.load(ExpressionCompiler.class).findFirst();
            }
            return found;
        }
    }
}
