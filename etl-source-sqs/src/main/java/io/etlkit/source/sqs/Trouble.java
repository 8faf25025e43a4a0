package io.etlkit.source.sqs;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line for the first failure until it works again, not for each of thousands. Safe for any thread. */
final class Trouble {
    private static final Logger log = LoggerFactory.getLogger(SqsSource.class);

    private final String what;
    private final AtomicBoolean there = new AtomicBoolean();

    /**
     * Nothing has failed yet.
     *
     * @param what is done, for the log line: {@code delete}
     */
    Trouble(String what) {
        this.what = what;
    }

    /** It failed. */
    void of(String message) {
        if (there.compareAndSet(false, true)) {
            log.warn("{}", message);
        } else {
            log.debug("{}", message);
        }
    }

    /** It works. */
    void over() {
        if (there.get() && there.compareAndSet(true, false)) {
            log.info("SQS does {} messages again", what);
        }
    }
}
