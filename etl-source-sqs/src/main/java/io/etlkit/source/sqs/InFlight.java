package io.etlkit.source.sqs;

import io.etlkit.api.DeliveryId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages that are here and not yet settled, in the order of their deadlines: whichever has the least time left comes
 * first, so that asking who is due costs nothing while nobody is. Safe for any thread.
 */
final class InFlight {
    /** <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html">SQS</a> hides a message no longer, all in all. */
    static final Duration LONGEST = Duration.ofHours(12);

    private final Map<DeliveryId, Flight> flights = new LinkedHashMap<>();
    private final long visibility;

    InFlight(Duration visibilityTimeout) {
        this.visibility = visibilityTimeout.toNanos();
    }

    /** When a message may be shown again whose visibility timeout began at the time given. */
    long deadlineFrom(long start) {
        return start + visibility;
    }

    /** Takes in what was received. */
    synchronized void add(List<Flight> received) {
        for (Flight flight : received) {
            flights.put(flight.delivery(), flight);
        }
    }

    /** Takes out what is to be settled; what is not known here was received by another process. */
    synchronized List<Flight> take(Collection<DeliveryId> deliveries, long now) {
        List<Flight> taken = new ArrayList<>(deliveries.size());
        for (DeliveryId delivery : deliveries) {
            Flight flight = flights.remove(delivery);
            taken.add(flight == null ? Flight.foreign(delivery, now, deadlineFrom(now)) : flight);
        }
        return taken;
    }

    /**
     * The messages of which half the time has passed; each is given once, until it is {@link #extended}. They go to the end
     * of the order.
     */
    synchronized List<Flight> due(long now) {
        List<Flight> due = new ArrayList<>();
        for (Iterator<Flight> each = flights.values().iterator(); each.hasNext(); ) {
            Flight flight = each.next();
            if (flight.isExtending()) {
                continue;
            }
            if (flight.deadline() - now > visibility / 2) {
                break;
            }
            each.remove();
            flight.extending();
            due.add(flight);
        }
        due.forEach(flight -> flights.put(flight.delivery(), flight));
        return due;
    }

    /** A message is hidden for longer. */
    synchronized void extended(Flight flight, long deadline) {
        flight.extendedTo(deadline);
    }

    /** Whether a message is still here. */
    synchronized boolean holds(Flight flight) {
        return flights.containsKey(flight.delivery());
    }

    /** Whether there is none. */
    synchronized boolean isEmpty() {
        return flights.isEmpty();
    }
}
