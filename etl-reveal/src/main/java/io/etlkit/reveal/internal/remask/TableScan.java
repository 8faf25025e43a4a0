package io.etlkit.reveal.internal.remask;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of a table with tokens of old keys, from its one end to the other, a portion at a time. Used by one thread. */
interface TableScan {
    /** The table that holds them, quoted. */
    String table();

    /** The next portion, which may be empty; nothing at the end. Read anew each time, until it is {@link #done}. */
    Optional<List<OldRow>> read() throws SQLException;

    /** Goes on behind the portion that was read last. */
    void done();
}
