package io.etlkit.source.sqs;

import io.etlkit.api.PluginMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps messages hidden that are held for longer than half their visibility timeout, as when the database is down. Does
 * nothing while messages are settled in time. Safe for any thread.
 */
final class VisibilityExtender implements BatchedCalls.Results {
    private static final Logger log = LoggerFactory.getLogger(SqsSource.class);

    /** How often it looks within a visibility timeout. */
    private static final int LOOKS = 10;

    private static final Duration RAREST_LOOK = Duration.ofSeconds(15);

    private final InFlight inFlight;
    private final Timer timer;
    private final PluginMetrics metrics;
    private final BatchedCalls calls;
    private final int visibilitySeconds;
    private final Duration pause;
    private volatile boolean stopped;

    VisibilityExtender(SqsApi api, InFlight inFlight, Timer timer, PluginMetrics metrics, Duration visibilityTimeout) {
        this.inFlight = inFlight;
        this.timer = timer;
        this.metrics = metrics;
        this.calls = new BatchedCalls("hide", timer, VisibilityCalls.of(api), this);
        this.visibilitySeconds = Math.toIntExact(visibilityTimeout.toSeconds());
        Duration part = visibilityTimeout.dividedBy(LOOKS);
        this.pause = part.compareTo(RAREST_LOOK) < 0 ? part : RAREST_LOOK;
    }

    /** Begins to look. */
    void start() {
        timer.after(pause, this::look);
    }

    /** Looks no more. */
    void stop() {
        stopped = true;
    }

    private void look() {
        if (stopped) {
            return;
        }
        long now = timer.nanos();
        List<BatchEntry> entries = new ArrayList<>();
        for (Flight flight : inFlight.due(now)) {
            int seconds = seconds(flight, now);
            if (seconds > 0) {
                entries.add(new BatchEntry(flight, seconds, now));
            }
        }
        calls.submit(entries);
        timer.after(pause, this::look);
    }

    /** As long as the queue hides messages, but no longer than SQS lets it; 0 when that time is up. */
    private int seconds(Flight flight, long now) {
        long left = InFlight.LONGEST.toSeconds() - TimeUnit.NANOSECONDS.toSeconds(now - flight.received()) - 1;
        return (int) Math.max(0, Math.min(visibilitySeconds, left));
    }

    @Override
    public void done(List<BatchEntry> entries, long sent) {
        metrics.count("sqs.heartbeats", entries.size());
        for (BatchEntry entry : entries) {
            inFlight.extended(entry.flight(), sent + TimeUnit.SECONDS.toNanos(entry.seconds()));
        }
    }

    /** It was settled in the meantime, or was shown again: a redelivery, which the sink's ledger sees through. */
    @Override
    public void stale(BatchEntry entry) {
        if (inFlight.holds(entry.flight())) {
            metrics.count("sqs.receipts.stale", 1);
        }
    }

    @Override
    public void failed(BatchEntry entry) {
        if (inFlight.holds(entry.flight())) {
            metrics.count("sqs.heartbeats.failed", 1);
        }
    }

    /** The messages will be delivered again; the next delete or receive tells whether the source can go on. */
    @Override
    public void fatal(SqsFailure failure) {
        log.warn("messages that are held will be delivered again: {}", failure.text());
    }
}
