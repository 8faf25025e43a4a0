package io.etlkit.engine.internal.settle;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectPolicy;
import io.etlkit.engine.internal.batch.Batch;
import io.etlkit.engine.internal.failure.FatalException;
import io.etlkit.engine.internal.run.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Does with rejected deliveries what the pipeline asks for. Used by its lane's thread. */
public final class RejectHandler {
    private final RejectPolicy policy;
    private final Optional<DeadLetterWriter> deadLetters;
    private final ReleaseDelay releaseDelay;
    private final Settler settler;

    public RejectHandler(
            RejectPolicy policy, Optional<DeadLetterWriter> deadLetters, ReleaseDelay releaseDelay, Settler settler) {
        this.policy = policy;
        this.deadLetters = deadLetters;
        this.releaseDelay = releaseDelay;
        this.settler = settler;
    }

    /** Deals with all that were rejected in a batch. */
    public void handle(Batch batch) throws InterruptedException {
        List<Batch.RejectedDelivery> rejected = batch.rejected();
        if (rejected.isEmpty()) {
            return;
        }
        switch (policy) {
            case DEAD_LETTER -> {
                deadLetters
                        .orElseThrow(() -> new FatalException("there is no dead-letter sink"))
                        .write(rejected);
                settler.settleDone(batch, Outcome.DEAD_LETTERED, deliveries(rejected));
            }
            case DROP -> settler.settleDone(batch, Outcome.DROPPED, deliveries(rejected));
            case RELEASE -> settler.release(batch, delays(rejected, batch.takeWaiting()));
            case FAIL -> throw failure(rejected);
        }
    }

    /** What stands behind a rejected delivery in its group comes back with it, and not before. */
    private Map<DeliveryId, Duration> delays(List<Batch.RejectedDelivery> rejected, List<EtlRecord> behind) {
        Map<DeliveryId, Duration> delays = new HashMap<>();
        Map<String, Duration> groups = new HashMap<>();
        for (Batch.RejectedDelivery delivery : rejected) {
            Duration delay = releaseDelay.of(delivery.original());
            delays.put(delivery.original().delivery(), delay);
            delivery.original().orderedGroup().ifPresent(group -> groups.put(group, delay));
        }
        for (EtlRecord original : behind) {
            Duration delay = original.orderedGroup().map(groups::get).orElse(Duration.ZERO);
            delays.put(original.delivery(), delay);
        }
        return delays;
    }

    private static Set<DeliveryId> deliveries(List<Batch.RejectedDelivery> rejected) {
        Set<DeliveryId> deliveries = new HashSet<>();
        rejected.forEach(delivery -> deliveries.add(delivery.original().delivery()));
        return deliveries;
    }

    private static FatalException failure(List<Batch.RejectedDelivery> rejected) {
        Batch.RejectedDelivery first = rejected.get(0);
        String where = first.step().orElse(first.stage().label());
        String field = first.rejection().field().map(path -> " at " + path).orElse("");
        return new FatalException(
                rejected.size() + " of a batch were rejected, and onReject is fail. The first, message "
                        + first.original().key().id() + ": " + where + ": "
                        + first.rejection().reason() + field + ": "
                        + first.rejection().message());
    }
}
