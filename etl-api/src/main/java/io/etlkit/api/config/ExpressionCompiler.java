package io.etlkit.api.config;

/** Compiles expressions; found by {@link java.util.ServiceLoader}. Safe for any thread. */
public interface ExpressionCompiler {
    /** The language's name, as {@code CEL}. */
    String language();

    /**
     * Compiles an expression.
     *
     * @throws ExpressionException when it is not well-formed
     */
    Expression compile(String text) throws ExpressionException;
}
