package io.etlkit.sink.postgres.internal.ledger;

import io.etlkit.api.PluginContext;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.failure.PostgresFailure;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the ledger's upkeep once a day, away from the writes: with the first batch of a day begins a thread that opens a
 * connection, does it, and ends. What is in use is tried again and again for a while, then with a batch an hour later.
 *
 * <p>Used by the lane's thread, but for {@link #close}, which may come from any and leaves no thread behind.
 */
final class LedgerMaintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerMaintenance.class);

    private static final int TRIES = 60;
    private static final long PAUSE_MILLIS = 500;
    private static final Duration LATER = Duration.ofHours(1);
    private static final Duration END = Duration.ofSeconds(10);

    private final TableName ledger;
    private final LedgerPartitions partitions;
    private final Connector connector;
    private final Clock clock;
    private final String threadName;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile LocalDate done = LocalDate.MIN;
    private volatile Instant notBefore = Instant.MIN;
    private @Nullable Thread thread;
    private @Nullable Connection connection;

    LedgerMaintenance(TableName ledger, LedgerPartitions partitions, PluginContext context, Connector connector) {
        this.ledger = ledger;
        this.partitions = partitions;
        this.connector = connector.forUpkeep();
        this.clock = context.clock();
        this.threadName = "etl-" + context.pipeline() + "-lane-" + context.lane() + "-ledger";
    }

    /** Once, on the lane's own connection; what can not be done now is left to the thread. */
    void atStart(Handle handle) {
        LocalDate today = today();
        if (partitions.keepUp(handle)) {
            done = today;
        }
    }

    /** Begins the upkeep when a day has begun, and returns at once. */
    void beginWhenDue() {
        Instant now = clock.instant();
        if (LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(done) && !now.isBefore(notBefore)) {
            begin();
        }
    }

    private synchronized void begin() {
        if (isClosing() || (thread != null && thread.isAlive())) {
            return;
        }
        Thread fresh = new Thread(this::run, threadName);
        fresh.setDaemon(true);
        fresh.start();
        thread = fresh;
    }

    private void run() {
        LocalDate today = today();
        try (Connection own = connect();
                Handle handle = Jdbi.open(own)) {
            for (int i = 0; i < TRIES && !isClosing(); i++) {
                if (partitions.keepUp(handle)) {
                    done = today;
                    return;
                }
                if (closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            LOG.info("old partitions of {} are in use and are dropped later", ledger);
        } catch (SQLException failed) {
            failed(PostgresFailure.of(failed));
        } catch (JdbiException failed) {
            failed(PostgresFailure.of(failed));
        } catch (RuntimeException failed) {
            // of the plugin's own: the message is ours
            LOG.warn("the upkeep of {} failed, and is tried again in an hour: {}", ledger, failed.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        notBefore = clock.instant().plus(LATER);
    }

    private void failed(PostgresFailure failure) {
        if (!isClosing()) {
            LOG.warn("the upkeep of {} failed, and is tried again in an hour: {}", ledger, failure.explanation());
        }
    }

    private Connection connect() throws SQLException {
        Connection fresh = connector.open();
        synchronized (this) {
            connection = fresh;
        }
        return fresh;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Override
    public void close() {
        closing.countDown();
        Thread running = abort();
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(END.toMillis());
        } catch (InterruptedException alsoEnding) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a call that waits for the server. */
    private synchronized @Nullable Thread abort() {
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException alreadyBroken) {
                // then the call has ended too
            }
        }
        return thread;
    }
}
