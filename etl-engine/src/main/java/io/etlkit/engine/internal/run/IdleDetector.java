package io.etlkit.engine.internal.run;

import io.etlkit.engine.internal.retry.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out that a bounded run has come to its end: no record came to any lane for long enough, no lane has one in flight,
 * and since the last record each lane's source said that it has nothing left. Safe for any thread.
 */
public final class IdleDetector {
    private static final Duration LONGEST_BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    private final Optional<Duration> untilIdle;
    private final int lanes;
    private final Ticker ticker;
    private final Set<Integer> busy = new HashSet<>();
    private final Set<Integer> drained = new HashSet<>();
    private long lastRecord;
    private long arrivals;

    IdleDetector(Optional<Duration> untilIdle, int lanes, Ticker ticker) {
        this.untilIdle = untilIdle;
        this.lanes = lanes;
        this.ticker = ticker;
        this.lastRecord = ticker.nanos();
    }

    /** The run begins to poll. */
    synchronized void start() {
        lastRecord = ticker.nanos();
    }

    /** Records came to a lane. */
    public synchronized void arrived(int lane) {
        lastRecord = ticker.nanos();
        arrivals++;
        busy.add(lane);
        drained.clear();
    }

    /** A lane has nothing in flight any more. */
    public synchronized void settled(int lane) {
        busy.remove(lane);
    }

    /** Whether it is time for a lane to ask its source; if so, a ticket to answer with. */
    public synchronized Optional<Ticket> question() {
        if (untilIdle.isEmpty()
                || !busy.isEmpty()
                || ticker.nanos() - lastRecord < untilIdle.get().toNanos()) {
            return Optional.empty();
        }
        return Optional.of(new Ticket(arrivals));
    }

    /** A lane's source has nothing left, as of the ticket; whether that makes it the end of the run. */
    public synchronized boolean drained(int lane, Ticket ticket) {
        if (ticket.arrivals() == arrivals) {
            drained.add(lane);
        }
        return drained.size() == lanes;
    }

    /** How long a lane leaves between two questions. */
    public Duration betweenQuestions() {
        Duration half = untilIdle.orElse(LONGEST_BETWEEN_QUESTIONS).dividedBy(2);
        return half.compareTo(LONGEST_BETWEEN_QUESTIONS) < 0 ? half : LONGEST_BETWEEN_QUESTIONS;
    }

    /** When a question was asked, in records. */
    public record Ticket(long arrivals) {}
}
