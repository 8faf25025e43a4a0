package io.etlkit.api.config;

/** An expression is not well-formed. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * Says what is wrong and where.
     *
     * @param message what is wrong
     * @param line the line within the expression's text, from 1
     * @param column the character within the line, from 1
     */
    public ExpressionException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** The line within the expression's text, from 1. */
    public int line() {
        return line;
    }

    /** The character within the line, from 1. */
    public int column() {
        return column;
    }
}
