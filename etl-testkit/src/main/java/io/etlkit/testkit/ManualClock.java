package io.etlkit.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it. Safe for any thread. */
public final class ManualClock extends Clock {
    private Instant now;

    /** A clock that shows {@code start}. */
    public ManualClock(Instant start) {
        this.now = start;
    }

    /** Moves the clock. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public synchronized Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
