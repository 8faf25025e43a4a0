package io.etlkit.source.sqs;

import io.etlkit.api.RecordKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that holds a letter and is hidden for as long as we have it. Used by one thread. */
final class HeldMessage {
    private final String id;
    private final RecordKey key;
    private final Instant sentAt;
    private final Instant failedAt;
    private final int size;
    private String receipt;
    private long hiddenUntil;
    private @Nullable String body;

    /**
     * A message without its body, which not all have room for.
     *
     * @param id the message's own id, which is the letter's version
     * @param key the letter's
     * @param size of the body, in characters
     * @param receipt of the last receive
     */
    HeldMessage(String id, RecordKey key, Instant sentAt, Instant failedAt, int size, String receipt) {
        this.id = id;
        this.key = key;
        this.sentAt = sentAt;
        this.failedAt = failedAt;
        this.size = size;
        this.receipt = receipt;
    }

    String id() {
        return id;
    }

    RecordKey key() {
        return key;
    }

    Instant sentAt() {
        return sentAt;
    }

    Instant failedAt() {
        return failedAt;
    }

    int size() {
        return size;
    }

    String receipt() {
        return receipt;
    }

    /** It was received once more. */
    void receivedAgain(String newReceipt) {
        receipt = newReceipt;
    }

    /** When the queue shows it again, on the clock of {@link Timer}. */
    long hiddenUntil() {
        return hiddenUntil;
    }

    void hideUntil(long nanos) {
        hiddenUntil = nanos;
    }

    Optional<String> body() {
        return Optional.ofNullable(body);
    }

    void keepBody(String text) {
        body = text;
    }

    void dropBody() {
        body = null;
    }
}
