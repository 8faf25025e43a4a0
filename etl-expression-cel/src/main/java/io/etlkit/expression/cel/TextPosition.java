package io.etlkit.expression.cel;

/**
 * A place in an expression.
 *
 * @param line the line, from 1
 * @param column the character within the line, from 1
 */
record TextPosition(int line, int column) {
    /** The place of a code point, counted from 0 as CEL does. */
    static TextPosition of(String text, int offset) {
        int line = 1;
        int column = 1;
        int[] before = text.codePoints().limit(offset).toArray();
        for (int codePoint : before) {
            column = codePoint == '\n' ? 1 : column + 1;
            line += codePoint == '\n' ? 1 : 0;
        }
        return new TextPosition(line, column);
    }
}
