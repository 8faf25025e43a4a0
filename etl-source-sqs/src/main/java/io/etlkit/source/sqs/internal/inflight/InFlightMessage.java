package io.etlkit.source.sqs.internal.inflight;

import io.etlkit.api.DeliveryId;

/**
 * A message from its receive until its delete or release is confirmed. Safe for any thread; {@code extending} is guarded by
 * the lock of its {@link InFlightMessages}.
 */
public final class InFlightMessage {
    private final DeliveryId delivery;
    private final long received;
    private final int size;
    private final int count;
    private volatile long deadline;
    private boolean extending;

    private InFlightMessage(DeliveryId delivery, long received, long deadline, int size, int count) {
        this.delivery = delivery;
        this.received = received;
        this.deadline = deadline;
        this.size = size;
        this.count = count;
    }

    /**
     * A message that was received.
     *
     * @param sent when the receive was sent, on the scheduler's clock: the visibility timeout began no earlier
     * @param deadline when the message becomes visible again
     * @param size the body's characters
     */
    public static InFlightMessage received(DeliveryId delivery, long sent, long deadline, int size) {
        return new InFlightMessage(delivery, sent, deadline, size, 1);
    }

    /** A message that another process received: nothing is known of it, and it does not count towards the limit. */
    static InFlightMessage foreign(DeliveryId delivery, long now, long deadline) {
        return new InFlightMessage(delivery, now, deadline, 0, 0);
    }

    /** Its delivery. */
    public DeliveryId delivery() {
        return delivery;
    }

    /** The receipt handle. */
    public String receipt() {
        return delivery.value();
    }

    /** When its receive was sent. */
    public long received() {
        return received;
    }

    /** The body's characters that count towards the limit. */
    public int size() {
        return size;
    }

    /** How many messages it counts as towards the limit: one, or none. */
    public int count() {
        return count;
    }

    /** When it becomes visible again. */
    public long deadline() {
        return deadline;
    }

    /** Whether an extension is sent, or there will be no more of them. */
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
