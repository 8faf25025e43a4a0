package io.etlkit.reveal.internal.reveal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Rows with a token in each. Used by one thread; reading blocks. */
interface TokenRows extends AutoCloseable {
    /** What the audit log calls it. */
    String source();

    /** The columns' names; empty when a row is the token alone. */
    List<String> header();

    /** Where in a row the token is. */
    int tokenColumn();

    /** The next row, with null in it where there is none; empty at the end. */
    Optional<List<Optional<String>>> next() throws IOException;

    /** What a message calls a row. */
    default String rowName(int number) {
        return (header().isEmpty() ? "line " : "row ") + number;
    }

    @Override
    void close() throws IOException;
}
