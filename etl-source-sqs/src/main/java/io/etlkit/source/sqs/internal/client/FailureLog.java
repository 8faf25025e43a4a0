package io.etlkit.source.sqs.internal.client;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the first failure of a kind of call, and when the calls succeed again, but not each of thousands. Safe for any thread. */
public final class FailureLog {
    private static final Logger log = LoggerFactory.getLogger(SqsConnection.LOGGER);

    private final String action;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * A log without a failure.
     *
     * @param action what fails, for the log line: {@code delete}
     */
    public FailureLog(String action) {
        this.action = action;
    }

    /** A call failed. */
    public void failed(String message) {
        if (failing.compareAndSet(false, true)) {
            log.warn("{}", message);
        } else {
            log.debug("{}", message);
        }
    }

    /** A call succeeded. */
    public void succeeded() {
        if (failing.get() && failing.compareAndSet(true, false)) {
            log.info("SQS does {} messages again", action);
        }
    }
}
