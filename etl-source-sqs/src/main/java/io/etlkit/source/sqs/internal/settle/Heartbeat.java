package io.etlkit.source.sqs.internal.settle;

import io.etlkit.api.PluginMetrics;
import io.etlkit.source.sqs.internal.client.Scheduler;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import io.etlkit.source.sqs.internal.client.SqsConnection;
import io.etlkit.source.sqs.internal.inflight.InFlightMessage;
import io.etlkit.source.sqs.internal.inflight.InFlightMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extends the visibility timeout of messages that are in flight for longer than half of it, as when the database is down. Does
 * nothing while messages are settled in time. Safe for any thread.
 */
public final class Heartbeat implements BatchSender.Listener {
    private static final Logger log = LoggerFactory.getLogger(SqsConnection.LOGGER);

    /** How often it looks within a visibility timeout. */
    private static final int LOOKS = 10;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final InFlightMessages inFlight;
    private final Scheduler scheduler;
    private final PluginMetrics metrics;
    private final BatchSender extensions;
    private final int visibilitySeconds;
    private final Duration pause;
    private volatile boolean stopped;

    /** A heartbeat for these messages; {@link #start} starts it. */
    public Heartbeat(
            SqsApi api,
            InFlightMessages inFlight,
            Scheduler scheduler,
            PluginMetrics metrics,
            Duration visibilityTimeout) {
        this.inFlight = inFlight;
        this.scheduler = scheduler;
        this.metrics = metrics;
        this.extensions = new BatchSender(
                "extend",
                scheduler,
                batch -> api.changeVisibility(
                        batch.stream().map(MessageRequest::visibilityChange).toList()),
                this);
        this.visibilitySeconds = Math.toIntExact(visibilityTimeout.toSeconds());
        Duration part = visibilityTimeout.dividedBy(LOOKS);
        this.pause = part.compareTo(LONGEST_PAUSE) < 0 ? part : LONGEST_PAUSE;
    }

    /** Starts. */
    public void start() {
        scheduler.after(pause, this::look);
    }

    /** Stops. */
    public void stop() {
        stopped = true;
    }

    private void look() {
        if (stopped) {
            return;
        }
        long now = scheduler.nanos();
        List<MessageRequest> requests = new ArrayList<>();
        for (InFlightMessage message : inFlight.due(now)) {
            int seconds = seconds(message, now);
            if (seconds > 0) {
                requests.add(new MessageRequest(message, seconds, now));
            }
        }
        extensions.submit(requests);
        scheduler.after(pause, this::look);
    }

    /** The queue's visibility timeout, but no longer than SQS allows in total; 0 when that time is over. */
    private int seconds(InFlightMessage message, long now) {
        long left = InFlightMessages.LONGEST.toSeconds() - TimeUnit.NANOSECONDS.toSeconds(now - message.received()) - 1;
        return (int) Math.max(0, Math.min(visibilitySeconds, left));
    }

    @Override
    public void done(List<MessageRequest> requests, long sent) {
        metrics.count("sqs.heartbeats", requests.size());
        for (MessageRequest request : requests) {
            inFlight.extended(request.message(), sent + TimeUnit.SECONDS.toNanos(request.seconds()));
        }
    }

    /** It was settled in the meantime, or became visible: then it is redelivered, and the sink's ledger recognizes it. */
    @Override
    public void stale(MessageRequest request) {
        if (inFlight.contains(request.message())) {
            metrics.count("sqs.receipts.stale", 1);
        }
    }

    @Override
    public void failed(MessageRequest request) {
        if (inFlight.contains(request.message())) {
            metrics.count("sqs.heartbeats.failed", 1);
        }
    }

    /** The messages are redelivered. The next delete or receive decides whether the source can go on. */
    @Override
    public void fatal(SqsCallException failure) {
        log.warn("messages in flight will be delivered again: {}", failure.text());
    }
}
