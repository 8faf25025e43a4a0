package io.etlkit.sink.postgres.internal.connection;

import io.etlkit.api.RejectedException;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.sink.postgres.internal.failure.Phase;
import io.etlkit.sink.postgres.internal.failure.PostgresFailure;
import io.etlkit.sink.postgres.internal.failure.StartupAdvice;
import io.etlkit.sink.postgres.internal.failure.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * One connection, opened when it is first needed and again after it was lost, and set up by its owner each time. It is the
 * only place where exceptions of the driver are translated, so none gets out.
 *
 * <p>Used by one thread, except for {@link #close}, which any thread may call and which aborts a call that hangs.
 *
 * @param <S> what the owner keeps for as long as the connection lasts: prepared statements, the table's columns
 */
public final class ReconnectingConnection<S> implements AutoCloseable {
    /** Sets up a connection. */
    public interface Setup<S> {
        S prepare(Handle handle, Phase phase) throws SQLException;
    }

    /** Work on a connection that is set up. */
    public interface Work<S, T> {
        T on(Handle handle, S session) throws SQLException;
    }

    private record Open<S>(Connection connection, Handle handle, S session) {}

    private final Connector connector;
    private final Setup<S> setup;
    private final ReentrantLock inUse = new ReentrantLock();
    private volatile boolean closed;
    private volatile @Nullable Connection connection;
    private @Nullable Open<S> open;

    public ReconnectingConnection(Connector connector, Setup<S> setup) {
        this.connector = connector;
        this.setup = setup;
    }

    /**
     * Connects for the first time; optional, {@link #call} connects too.
     *
     * @throws StartupException when it cannot work as configured
     * @throws TransientException when it may work later
     */
    public void start() {
        inUse.lock();
        try {
            open(Phase.START);
        } catch (SQLException | JdbiException failed) {
            drop();
            throw startFailure(PostgresFailure.of(failed));
        } catch (RuntimeException failed) {
            drop();
            throw failed;
        } finally {
            inUse.unlock();
        }
    }

    /**
     * Does some work, on a new connection if there is none.
     *
     * @throws RejectedException when the server refuses the rows
     * @throws TransientException when it may work later
     * @throws InterruptedException when the thread was interrupted before or while the work failed
     */
    public <T> T call(Work<S, T> work) throws InterruptedException {
        inUse.lock();
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Open<S> ready = open(Phase.RUNNING);
            return work.on(ready.handle(), ready.session());
        } catch (SQLException | JdbiException failed) {
            throw runFailure(PostgresFailure.of(failed));
        } catch (StartupException misfit) {
            // the table was changed while running: what ends the pipeline at start is retried now
            drop();
            throw new TransientException(String.valueOf(misfit.getMessage()));
        } finally {
            inUse.unlock();
        }
    }

    private Open<S> open(Phase phase) throws SQLException {
        if (open != null) {
            return open;
        }
        Connection fresh = connector.open();
        connection = fresh;
        if (closed) {
            fresh.close();
            throw new TransientException("the connection to " + connector + " is closed");
        }
        Handle handle = Jdbi.open(fresh);
        open = new Open<>(fresh, handle, setup.prepare(handle, phase));
        return open;
    }

    private RuntimeException runFailure(PostgresFailure failure) throws InterruptedException {
        if (Thread.interrupted()) {
            drop();
            throw new InterruptedException();
        }
        Verdict verdict = failure.verdict(Phase.RUNNING);
        switch (verdict) {
            case REJECT -> {
                return new RejectedException(failure.rejection());
            }
            case RETRY, AWAIT_REFERENCE, MISSING_PARTITION -> {
                return new TransientException(
                        "the write to " + connector + " was rolled back: " + failure.explanation());
            }
            default -> {
                drop();
                return new TransientException(
                        closed
                                ? "the connection to " + connector + " is closed"
                                : "cannot write to " + connector + ": " + failure.explanation());
            }
        }
    }

    private RuntimeException startFailure(PostgresFailure failure) {
        return switch (failure.verdict(Phase.START)) {
            case FATAL -> new StartupException(StartupAdvice.of(failure, connector.toString()));
            default -> new TransientException("cannot connect to " + connector + ": " + failure.explanation());
        };
    }

    /** Closes the connection; the next call opens another one. */
    private void drop() {
        Optional.ofNullable(connection).ifPresent(ReconnectingConnection::closeQuietly);
        connection = null;
        open = null;
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyBroken) {
            // there is nothing left to close
        }
    }

    @Override
    public void close() {
        closed = true;
        if (inUse.tryLock()) {
            try {
                drop();
            } finally {
                inUse.unlock();
            }
        } else {
            abort();
        }
    }

    /** Another thread is in a call, and a normal close would wait for it. */
    private void abort() {
        Connection hung = connection;
        if (hung != null) {
            try {
                hung.abort(Runnable::run);
            } catch (SQLException alreadyBroken) {
                // then the call has ended too
            }
        }
    }
}
