package io.etlkit.api;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of deliveries: each is named exactly once in its life, here or in another settlement.
 *
 * @param done durable in the sink or the dead letters, or filtered: the source may forget them (SQS: delete)
 * @param released given back, to be delivered again after the delay (SQS: change visibility); zero means at once
 */
public record Settlement(Set<DeliveryId> done, Map<DeliveryId, Duration> released) {
    /** Copies both, and checks that no delivery is in both. */
    public Settlement {
        done = Set.copyOf(done);
        released = Map.copyOf(released);
        for (DeliveryId delivery : released.keySet()) {
            if (done.contains(delivery)) {
                throw new IllegalArgumentException(delivery + " is both done and released");
            }
        }
    }

    /** Whether there is nothing to settle. */
    public boolean isEmpty() {
        return done.isEmpty() && released.isEmpty();
    }
}
