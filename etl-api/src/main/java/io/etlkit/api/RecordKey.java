package io.etlkit.api;

import java.time.Instant;

/**
 * What a message is called however often it is delivered; ledgers and dead letters are keyed by it.
 *
 * @param id the message's id, unique in its source (SQS: {@code MessageId})
 * @param since when the message was sent, the same on every redelivery (SQS: {@code SentTimestamp}), millisecond precision
 */
public record RecordKey(String id, Instant since) {
    /** Checks that there is an id. */
    public RecordKey {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a record's key must not be empty");
        }
    }
}
