package io.etlkit.engine.internal.batch;

import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.TextValue;
import io.etlkit.engine.internal.failure.FatalException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The deliveries of one batch: what the source handed over, what goes to the sink, what was rejected, and which are still
 * open. Each delivery leaves it exactly once; that it does is asserted here. Used by its lane's thread.
 *
 * <p>Mostly a batch is done in one round. Where a delivery of an ordered group is rejected, the later ones of that group
 * wait: they are the next round, once what became of the rejected one is durable.
 */
public final class Batch {
    private final List<EtlRecord> originals = new ArrayList<>();
    private final Map<DeliveryId, EtlRecord> open = new HashMap<>();
    private List<EtlRecord> outgoing = new ArrayList<>();
    private Set<DeliveryId> filtered = new HashSet<>();
    private List<RejectedDelivery> rejected = new ArrayList<>();
    private List<Waiting> waiting = new ArrayList<>();
    private GroupOrder order = new GroupOrder();
    private long characters;
    private int forSink;
    private int refusedBySink;

    /** A delivery that was refused. */
    public record RejectedDelivery(EtlRecord original, Stage stage, Optional<String> step, Rejection rejection) {}

    /** A delivery of a later round: what it became, or how it was rejected. */
    private record Waiting(EtlRecord original, List<EtlRecord> records, Optional<RejectedDelivery> rejection) {}

    /** Takes a delivery in. */
    public void add(EtlRecord original) {
        if (open.putIfAbsent(original.delivery(), original) != null) {
            throw new FatalException("the source handed over the same delivery twice; each needs a name of its own");
        }
        originals.add(original);
        if (original.body() instanceof TextValue text) {
            characters += text.value().length();
        }
    }

    /** How much text the source handed over. */
    public long characters() {
        return characters;
    }

    public int size() {
        return originals.size();
    }

    public boolean isEmpty() {
        return originals.isEmpty();
    }

    public List<EtlRecord> originals() {
        return originals;
    }

    /** Puts the message that a dead letter holds in place of the dead letter; the delivery is the same. */
    public void restored(int position, EtlRecord message) {
        originals.set(position, message);
        open.put(message.delivery(), message);
    }

    /** What a delivery became: nothing, one record or several. */
    public void transformed(EtlRecord original, List<EtlRecord> records) {
        if (!records.isEmpty()) {
            forSink++;
        }
        admit(original, records);
    }

    private void admit(EtlRecord original, List<EtlRecord> records) {
        if (order.isBehind(original)) {
            waiting.add(new Waiting(original, records, Optional.empty()));
        } else if (records.isEmpty()) {
            filtered.add(original.delivery());
        } else {
            outgoing.addAll(records);
        }
    }

    public void reject(EtlRecord original, Stage stage, Optional<String> step, Rejection rejection) {
        reject(new RejectedDelivery(original, stage, step, rejection));
    }

    private void reject(RejectedDelivery delivery) {
        if (order.isBehind(delivery.original())) {
            waiting.add(new Waiting(delivery.original(), List.of(), Optional.of(delivery)));
        } else {
            rejected.add(delivery);
            order.stopAt(delivery.original());
        }
    }

    /** Takes note of what the sink refused; what stands behind it, and was not written, waits. */
    public void rejectBySink(Map<DeliveryId, Rejection> refused) {
        if (refused.isEmpty()) {
            return;
        }
        refusedBySink += refused.size();
        List<Waiting> round = round(refused);
        outgoing = new ArrayList<>();
        filtered = new HashSet<>();
        rejected = new ArrayList<>();
        waiting = new ArrayList<>();
        order = new GroupOrder();
        for (Waiting delivery : round) {
            readmit(delivery);
        }
    }

    /** All that is undecided, in the order of arrival, so that dead letters are too. */
    private List<Waiting> round(Map<DeliveryId, Rejection> refused) {
        Map<DeliveryId, Waiting> known = new HashMap<>();
        waiting.forEach(delivery -> known.put(delivery.original().delivery(), delivery));
        rejected.forEach(delivery -> known.put(
                delivery.original().delivery(), new Waiting(delivery.original(), List.of(), Optional.of(delivery))));
        Map<DeliveryId, List<EtlRecord>> going = new HashMap<>();
        outgoing.forEach(record -> going.computeIfAbsent(record.delivery(), delivery -> new ArrayList<>(1))
                .add(record));
        List<Waiting> round = new ArrayList<>();
        for (EtlRecord original : originals) {
            DeliveryId delivery = original.delivery();
            if (refused.containsKey(delivery)) {
                round.add(new Waiting(
                        original,
                        List.of(),
                        Optional.of(
                                new RejectedDelivery(original, Stage.SINK, Optional.empty(), refused.get(delivery)))));
            } else if (known.containsKey(delivery)) {
                round.add(known.get(delivery));
            } else if (going.containsKey(delivery) || filtered.contains(delivery)) {
                round.add(new Waiting(original, going.getOrDefault(delivery, List.of()), Optional.empty()));
            }
        }
        return round;
    }

    private void readmit(Waiting delivery) {
        delivery.rejection().ifPresentOrElse(this::reject, () -> admit(delivery.original(), delivery.records()));
    }

    /** Goes on with what waited, now that what it waited for is decided; false when nothing did. */
    public boolean nextRound() {
        List<Waiting> next = waiting;
        outgoing = new ArrayList<>();
        filtered = new HashSet<>();
        rejected = new ArrayList<>();
        waiting = new ArrayList<>();
        order = new GroupOrder();
        next.forEach(this::readmit);
        return !next.isEmpty();
    }

    /** The records for the sink; those of one delivery stand together. */
    public List<EtlRecord> outgoing() {
        return outgoing;
    }

    /** How many deliveries have records for the sink, in all rounds. */
    public int forSink() {
        return forSink;
    }

    /** How many deliveries the sink refused, in all rounds so far. */
    public int refusedBySink() {
        return refusedBySink;
    }

    public Set<DeliveryId> filtered() {
        return filtered;
    }

    public List<RejectedDelivery> rejected() {
        return rejected;
    }

    /** Takes out what stands behind rejected deliveries, in order: it is not to be written. */
    public List<EtlRecord> takeWaiting() {
        List<EtlRecord> behind = waiting.stream().map(Waiting::original).toList();
        waiting = new ArrayList<>();
        return behind;
    }

    /** The deliveries whose fate is not decided yet. */
    public Set<DeliveryId> open() {
        return open.keySet();
    }

    /** The original of an open delivery. */
    public EtlRecord original(DeliveryId delivery) {
        EtlRecord original = open.get(delivery);
        if (original == null) {
            throw new FatalException("a delivery is not in its batch; please report this as a bug");
        }
        return original;
    }

    /** Takes note that the fate of these is decided. */
    public void close(Set<DeliveryId> deliveries) {
        for (DeliveryId delivery : deliveries) {
            if (open.remove(delivery) == null) {
                throw new FatalException("a delivery was about to be settled twice; please report this as a bug");
            }
        }
    }

    /** Takes note that the fate of all is decided. */
    public void assertClosed() {
        if (!open.isEmpty()) {
            throw new FatalException(
                    open.size() + " deliveries of a batch were not settled; please report this as a bug");
        }
    }
}
