package io.etlkit.source.sqs;

import io.etlkit.api.DeliveryId;

/**
 * A message from its receipt until the confirmation of its delete or release. Safe for any thread; {@code extending} belongs
 * to its {@link InFlight}'s lock.
 */
final class Flight {
    private final DeliveryId delivery;
    private final long received;
    private final int size;
    private final int permits;
    private volatile long deadline;
    private boolean extending;

    private Flight(DeliveryId delivery, long received, long deadline, int size, int permits) {
        this.delivery = delivery;
        this.received = received;
        this.deadline = deadline;
        this.size = size;
        this.permits = permits;
    }

    /**
     * A message that was received.
     *
     * @param sent when the receive was sent, as {@link Timer#nanos}: the visibility timeout began no earlier
     * @param deadline when the message may be shown again
     * @param size the body's characters
     */
    static Flight received(DeliveryId delivery, long sent, long deadline, int size) {
        return new Flight(delivery, sent, deadline, size, 1);
    }

    /** A message that another process received: nothing is known of it, and it holds no permit. */
    static Flight foreign(DeliveryId delivery, long now, long deadline) {
        return new Flight(delivery, now, deadline, 0, 0);
    }

    DeliveryId delivery() {
        return delivery;
    }

    String receipt() {
        return delivery.value();
    }

    long received() {
        return received;
    }

    int size() {
        return size;
    }

    int permits() {
        return permits;
    }

    long deadline() {
        return deadline;
    }

    /** Whether an extension is under way, or there will be none any more. */
    boolean isExtending() {
        return extending;
    }

    void extending() {
        extending = true;
    }

    void extendedTo(long newDeadline) {
        deadline = newDeadline;
        extending = false;
    }
}
