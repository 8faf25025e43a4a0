package io.etlkit.reveal;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of a table with tokens of old keys, from its one end to the other, a portion at a time. Used by one thread. */
interface OldRows {
    /** The next portion, which may be empty; nothing at the end. */
    Optional<List<OldRow>> next() throws SQLException;
}
