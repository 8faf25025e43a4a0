package io.etlkit.source.sqs.internal.settle;

import io.etlkit.source.sqs.internal.client.SqsApi.VisibilityChange;
import io.etlkit.source.sqs.internal.inflight.InFlightMessage;

/**
 * The delete or visibility change of one message, which is sent in a batch. Safe for any thread, but only one at a time counts
 * its failures.
 */
final class MessageRequest {
    private final InFlightMessage message;
    private final int seconds;
    private final long since;
    private int failures;

    /**
     * Makes a request.
     *
     * @param seconds how long the message is to be hidden, for a visibility change
     * @param since now
     */
    MessageRequest(InFlightMessage message, int seconds, long since) {
        this.message = message;
        this.seconds = seconds;
        this.since = since;
    }

    InFlightMessage message() {
        return message;
    }

    int seconds() {
        return seconds;
    }

    long since() {
        return since;
    }

    VisibilityChange visibilityChange() {
        return new VisibilityChange(message.receipt(), seconds);
    }

    /** Counts a failure, and returns how many there are now. */
    int countFailure() {
        failures++;
        return failures;
    }
}
