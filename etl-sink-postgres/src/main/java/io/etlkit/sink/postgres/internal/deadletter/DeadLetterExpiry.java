package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.EtlException;
import io.etlkit.api.PluginContext;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.connection.ReconnectingConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a pipeline's dead letters when their retention is over: at start and then once a day, in batches, on a thread and
 * a connection of its own, so the lane does not wait for it. After a failure it continues the next day. Safe for any thread.
 */
final class DeadLetterExpiry implements AutoCloseable {
    static final Duration DAILY = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterExpiry.class);
    private static final int BATCH = 500;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ReconnectingConnection<DeadLetterWriter> connection;
    private final String pipeline;
    private final Duration retention;
    private final Clock clock;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private DeadLetterExpiry(
            Connector connector, DeadLetterTable table, Duration retention, PluginContext context, Duration interval) {
        this.connection = new ReconnectingConnection<>(connector, table);
        this.pipeline = context.pipeline();
        this.retention = retention;
        this.clock = context.clock();
        this.interval = interval;
        this.thread = new Thread(this::run, "etl-" + pipeline + "-dead-letter-expiry");
    }

    static DeadLetterExpiry start(
            Connector connector, DeadLetterTable table, Duration retention, PluginContext context, Duration interval) {
        DeadLetterExpiry expiry = new DeadLetterExpiry(connector, table, retention, context, interval);
        expiry.thread.setDaemon(true);
        expiry.thread.start();
        return expiry;
    }

    private void run() {
        try {
            do {
                deleteExpired();
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }

    private void deleteExpired() throws InterruptedException {
        Instant before = clock.instant().minus(retention);
        long deleted = 0;
        try {
            int batch = BATCH;
            while (batch == BATCH && closed.getCount() > 0) {
                batch = connection.call((handle, writer) -> writer.deleteOlder(pipeline, before, BATCH));
                deleted += batch;
            }
        } catch (EtlException failed) {
            if (closed.getCount() > 0) {
                LOG.warn("could not delete old dead letters, trying again tomorrow: {}", failed.getMessage());
            }
        }
        if (deleted > 0) {
            LOG.info("deleted {} dead letters older than {} hours", deleted, retention.toHours());
        }
    }

    /** Ends the thread, and aborts a call that hangs. */
    @Override
    public void close() {
        closed.countDown();
        connection.close();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
