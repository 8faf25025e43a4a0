package io.etlkit.sink.postgres.internal.ledger;

import io.etlkit.api.EtlException;
import io.etlkit.api.PluginContext;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.connection.ReconnectingConnection;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains the ledger once a day without delaying the writes: the first batch of a day starts a thread, which opens a
 * connection, maintains the partitions, and ends. While a partition is in use the thread retries for half a minute; after
 * that, and after a failure, a batch an hour later starts the next thread.
 *
 * <p>Used by the lane's thread, except for {@link #close}, which any thread may call and which leaves no thread behind.
 */
final class LedgerMaintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerMaintenance.class);
    private static final int TRIES = 60;
    private static final long PAUSE_MILLIS = 500;
    private static final Duration RETRY_AFTER = Duration.ofHours(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final TableName ledger;
    private final LedgerPartitions partitions;
    private final Connector connector;
    private final Clock clock;
    private final String threadName;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile LocalDate lastDone = LocalDate.MIN;
    private volatile Instant notBefore = Instant.MIN;
    private @Nullable Thread thread;
    private @Nullable ReconnectingConnection<LedgerPartitions> connection;

    LedgerMaintenance(TableName ledger, LedgerPartitions partitions, PluginContext context, Connector connector) {
        this.ledger = ledger;
        this.partitions = partitions;
        this.connector = connector.forMaintenance();
        this.clock = context.clock();
        this.threadName = "etl-" + context.pipeline() + "-lane-" + context.lane() + "-ledger";
    }

    /** Tries once on the lane's own connection; what cannot be done now is left to the thread. */
    void runAtStart(Handle handle) {
        LocalDate today = LedgerPartitions.today(clock);
        if (partitions.maintain(handle)) {
            lastDone = today;
        }
    }

    /** Starts the thread when a new day has begun, and returns at once. */
    void startWhenDue() {
        if (LedgerPartitions.today(clock).isAfter(lastDone) && !clock.instant().isBefore(notBefore)) {
            start();
        }
    }

    private synchronized void start() {
        if (isClosing() || (thread != null && thread.isAlive())) {
            return;
        }
        ReconnectingConnection<LedgerPartitions> own =
                new ReconnectingConnection<>(connector, (handle, phase) -> partitions);
        Thread fresh = new Thread(() -> run(own), threadName);
        fresh.setDaemon(true);
        fresh.start();
        connection = own;
        thread = fresh;
    }

    private void run(ReconnectingConnection<LedgerPartitions> own) {
        LocalDate today = LedgerPartitions.today(clock);
        try (own) {
            for (int i = 0; i < TRIES; i++) {
                if (own.call((handle, each) -> each.maintain(handle))) {
                    lastDone = today;
                    return;
                }
                if (closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            LOG.info("old partitions of {} are in use; they are dropped later", ledger);
        } catch (EtlException failed) {
            if (!isClosing()) {
                LOG.warn("maintenance of {} failed, retrying in an hour: {}", ledger, failed.getMessage());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        notBefore = clock.instant().plus(RETRY_AFTER);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Ends the thread, and aborts a call that hangs. */
    @Override
    public void close() {
        closing.countDown();
        Thread running = abort();
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException alsoEnding) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Thread abort() {
        if (connection != null) {
            connection.close();
        }
        return thread;
    }
}
