package io.etlkit.reveal.internal.remask;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.etlkit.reveal.internal.database.DatabaseError;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does work in transactions of one connection, and does it again, from the start and a few times, where the server ended it
 * in favour of another session: a deadlock, a serialization failure, a lock that took too long. Used by one thread; blocks on
 * the database, and between two tries. A connection that is lost stays lost: who runs the verb again goes on.
 */
final class Transactions {
    private static final RetryPolicy<Object> RETRIES = RetryPolicy.builder()
            .handleIf(thrown -> thrown instanceof SQLException failed && DatabaseError.isPassing(failed))
            .withMaxRetries(5)
            .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(2))
            .withJitter(0.25)
            .build();

    private final Connection connection;

    /** Takes a connection that commits nothing by itself. */
    Transactions(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Does the work and commits it. */
    <T> T run(Work<T> work) throws SQLException {
        try {
            return Failsafe.with(RETRIES).get(() -> attempt(work));
        } catch (FailsafeException failed) {
            if (failed.getCause() instanceof SQLException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw failed;
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException failed) {
            rollBack(failed);
            throw failed;
        }
    }

    private void rollBack(SQLException failed) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            failed.addSuppressed(lost);
        }
    }

    /** Does work on all rows, each portion in a transaction of its own, and gives what came of it on when it is committed. */
    <T> void each(TableScan rows, PortionWork<T> work, Consumer<T> committed) throws SQLException {
        Optional<T> done;
        do {
            done = run(() -> {
                Optional<List<OldRow>> portion = rows.read();
                return portion.isPresent() ? Optional.of(work.on(portion.get())) : Optional.empty();
            });
            done.ifPresent(committed);
            rows.done();
        } while (done.isPresent());
    }

    /** What is done within a transaction; it leaves no trace outside of the database, for it may be done again. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** As {@link Work}, with rows that were read in the same transaction. */
    @FunctionalInterface
    interface PortionWork<T> {
        T on(List<OldRow> rows) throws SQLException;
    }
}
