package io.etlkit.sink.postgres.internal.schema;

/** What a column of the table may take from the message itself instead of from a field of the body. */
public enum MessageColumn {
    /** The message id, which is the same on every redelivery. */
    ID("text COLLATE \"C\""),
    /** The message's place in its order: the sequence number, else the time it was sent in milliseconds. */
    VERSION("numeric(" + MessageColumn.VERSION_DIGITS + ",0)");

    /** The sequence numbers of a FIFO queue have 20 digits; a bigint holds 19. */
    public static final int VERSION_DIGITS = 20;

    private final String definition;

    MessageColumn(String definition) {
        this.definition = definition;
    }

    /** The column's type where the sink creates it. */
    String definition() {
        return definition;
    }
}
