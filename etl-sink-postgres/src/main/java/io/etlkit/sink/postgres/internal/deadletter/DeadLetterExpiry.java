package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.EtlException;
import io.etlkit.api.PluginContext;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.connection.ReconnectingConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the letters of a pipeline that are older than they are to be kept, at once and then once a day, on a thread and a
 * connection of its own, a few at a time: the lane waits for nothing of it. What fails is left for the next day. Safe for any
 * thread.
 */
final class DeadLetterExpiry implements AutoCloseable {
    static final Duration DAILY = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterExpiry.class);
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ReconnectingConnection<DeadLetterTable.Writer> connection;
    private final DeadLetterTable table;
    private final String pipeline;
    private final Duration kept;
    private final Clock clock;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private DeadLetterExpiry(
            Connector connector, DeadLetterTable table, Duration kept, PluginContext context, Duration interval) {
        this.connection = new ReconnectingConnection<>(connector, table);
        this.table = table;
        this.pipeline = context.pipeline();
        this.kept = kept;
        this.clock = context.clock();
        this.interval = interval;
        this.thread = new Thread(this::run, "etl-" + pipeline + "-dead-letter-expiry");
    }

    static DeadLetterExpiry start(
            Connector connector, DeadLetterTable table, Duration kept, PluginContext context, Duration interval) {
        DeadLetterExpiry expiry = new DeadLetterExpiry(connector, table, kept, context, interval);
        expiry.thread.setDaemon(true);
        expiry.thread.start();
        return expiry;
    }

    private void run() {
        try {
            do {
                expire();
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }

    private void expire() throws InterruptedException {
        OffsetDateTime before = clock.instant().minus(kept).atOffset(ZoneOffset.UTC);
        long deleted = 0;
        try {
            int batch = BATCH;
            while (batch == BATCH && closed.getCount() > 0) {
                batch = connection.call((handle, writer) -> handle.createUpdate(table.expirySql())
                        .bind("pipeline", StoredOriginal.storable(pipeline))
                        .bind("before", before)
                        .bind("batch", BATCH)
                        .execute());
                deleted += batch;
            }
        } catch (EtlException failed) {
            if (closed.getCount() > 0) {
                LOG.warn("old dead letters are not deleted now, but the next time: {}", failed.getMessage());
            }
        }
        if (deleted > 0) {
            LOG.info("deleted {} dead letters that are older than {} hours", deleted, kept.toHours());
        }
    }

    /** Ends the thread, and a call that hangs. */
    @Override
    public void close() {
        closed.countDown();
        connection.close();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
