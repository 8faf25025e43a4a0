package io.etlkit.source.sqs.internal.inflight;

import io.etlkit.api.DeliveryId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages that were received and not yet settled, in the order of their deadlines: the one with the least time left comes
 * first, so looking for those that are due costs nothing when there are none. Safe for any thread.
 */
public final class InFlightMessages {
    /** <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html">SQS</a> hides a message for this long at most, in total. */
    public static final Duration LONGEST = Duration.ofHours(12);

    private final Map<DeliveryId, InFlightMessage> messages = new LinkedHashMap<>();
    private final long visibility;

    /** No messages, of a queue with this visibility timeout. */
    public InFlightMessages(Duration visibilityTimeout) {
        this.visibility = visibilityTimeout.toNanos();
    }

    /** When a message becomes visible again whose visibility timeout began at the time given. */
    public long deadlineFrom(long start) {
        return start + visibility;
    }

    /** Adds what was received. */
    public synchronized void add(List<InFlightMessage> received) {
        for (InFlightMessage message : received) {
            messages.put(message.delivery(), message);
        }
    }

    /** Removes what is settled. A delivery that is not known here was received by another process. */
    public synchronized List<InFlightMessage> take(Collection<DeliveryId> deliveries, long now) {
        List<InFlightMessage> taken = new ArrayList<>(deliveries.size());
        for (DeliveryId delivery : deliveries) {
            InFlightMessage message = messages.remove(delivery);
            taken.add(message == null ? InFlightMessage.foreign(delivery, now, deadlineFrom(now)) : message);
        }
        return taken;
    }

    /**
     * The messages that have used half of their visibility timeout. Each is returned once, until it is {@link #extended}, and
     * moves to the end of the order.
     */
    public synchronized List<InFlightMessage> due(long now) {
        List<InFlightMessage> due = new ArrayList<>();
        for (Iterator<InFlightMessage> each = messages.values().iterator(); each.hasNext(); ) {
            InFlightMessage message = each.next();
            if (message.isExtending()) {
                continue;
            }
            if (message.deadline() - now > visibility / 2) {
                break;
            }
            each.remove();
            message.extending();
            due.add(message);
        }
        due.forEach(message -> messages.put(message.delivery(), message));
        return due;
    }

    /** A message is hidden for longer. */
    public synchronized void extended(InFlightMessage message, long deadline) {
        message.extendedTo(deadline);
    }

    /** Whether a message is not settled yet. */
    public synchronized boolean contains(InFlightMessage message) {
        return messages.containsKey(message.delivery());
    }

    /** Whether all messages are settled. */
    public synchronized boolean isEmpty() {
        return messages.isEmpty();
    }
}
