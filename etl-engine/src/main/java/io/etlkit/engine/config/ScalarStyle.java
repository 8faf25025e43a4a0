package io.etlkit.engine.config;

/**
 * How a scalar was written, and where its text comes from.
 *
 * @param quoted whether it is text because of quotes or a block
 * @param singleLine whether the text stands in the file just so, on one line, from {@code line} and {@code column} on
 * @param line the line of the text's first character, from 1; 0 where there is none
 * @param column the column of the text's first character, from 1; 0 where there is none
 * @param substituted whether references were replaced in it, so that quotes say nothing of its type
 * @param confidential whether a secret was put into it: it is never shown
 * @param unresolved whether it holds a reference to a secret that was not looked up: its text is not known
 */
public record ScalarStyle(
        boolean quoted,
        boolean singleLine,
        int line,
        int column,
        boolean substituted,
        boolean confidential,
        boolean unresolved) {
    /** Written without quotes. */
    public static ScalarStyle plain(int line, int column) {
        return new ScalarStyle(false, true, line, column, false, false, false);
    }

    /** Written in quotes or as a block. */
    public static ScalarStyle quoted(boolean singleLine, int line, int column) {
        return new ScalarStyle(true, singleLine, line, column, false, false, false);
    }

    /** With references replaced. */
    public ScalarStyle substituted(boolean withSecret, boolean withUnresolved) {
        return new ScalarStyle(quoted, false, line, column, true, withSecret, withUnresolved);
    }
}
