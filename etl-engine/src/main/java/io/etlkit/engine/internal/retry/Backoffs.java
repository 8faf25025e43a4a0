package io.etlkit.engine.internal.retry;

import io.etlkit.api.TransientException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which lanes wait for something to come back. However many lanes wait, and however often they try, one line is logged when
 * the pipeline begins to hold and one when it goes on. Safe for any thread.
 */
public final class Backoffs {
    private static final Logger log = LoggerFactory.getLogger("io.etlkit.engine.Pipeline");

    private final AtomicInteger holding = new AtomicInteger();
    private final Ticker ticker;
    private int announced;
    private long announcedAt;

    public Backoffs(Ticker ticker) {
        this.ticker = ticker;
    }

    /** How many lanes hold now. */
    public int count() {
        return holding.get();
    }

    /** A call failed and is going to be tried again. */
    Backoff begin(String what) {
        holding.incrementAndGet();
        return new Backoff(what);
    }

    private synchronized void announce(String what, TransientException failure) {
        if (announced++ == 0) {
            announcedAt = ticker.nanos();
            log.warn(
                    "holding: {}: {}; what is in flight is kept, and the call is tried again",
                    what,
                    failure.getMessage());
        }
    }

    private synchronized void withdraw(boolean resumed) {
        if (--announced == 0) {
            long seconds = (ticker.nanos() - announcedAt) / 1_000_000_000L;
            log.info("{} after {} s", resumed ? "resumed" : "gave up holding", seconds);
        }
    }

    /** One lane's waiting. Used by that lane's thread. */
    final class Backoff implements AutoCloseable {
        private final String what;
        private boolean announced;
        private boolean resumed;

        private Backoff(String what) {
            this.what = what;
        }

        /** A retry failed as well: more than a hiccup, so it is worth a line. */
        void failedAgain(TransientException failure) {
            if (!announced) {
                announced = true;
                announce(what, failure);
            }
        }

        void resumed() {
            resumed = true;
        }

        @Override
        public void close() {
            holding.decrementAndGet();
            if (announced) {
                withdraw(resumed);
            }
        }
    }
}
