package io.etlkit.sink.postgres.internal.write;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.WriteResult;
import io.etlkit.sink.postgres.internal.column.RefusedValueException;
import io.etlkit.sink.postgres.internal.ledger.LedgerKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a batch after the checks, grouped by delivery. Used by one thread. */
final class BatchRows {
    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** How the records of a batch become rows. */
    enum Shape {
        /** All rows, in the batch's order. */
        AS_IT_COMES,
        /** A message that is in the batch twice is written once. In the order of the keys. */
        ONCE_PER_MESSAGE,
        /** In the batch's order; a message that was split into several rows is refused. */
        ONE_ROW_PER_MESSAGE
    }

    /** A delivery with all its rows, none of which was refused. */
    record DeliveryRows(DeliveryId id, LedgerKey key, List<@Nullable Object[]> rows) {}

    private static final Rejection SPLIT = Rejection.of(
            "split_message",
            "the message was split into several rows, and a column with the message id cannot tell them apart: use idempotency: ledger or key");

    private static final class Collected {
        private final RecordKey key;
        private final List<@Nullable Object[]> rows = new ArrayList<>(1);

        Collected(RecordKey key) {
            this.key = key;
        }
    }

    private final List<DeliveryRows> deliveries = new ArrayList<>();
    private final Set<DeliveryId> duplicate = new HashSet<>();
    private final Map<DeliveryId, Rejection> rejected = new LinkedHashMap<>();
    private int rowCount;

    private BatchRows() {}

    /**
     * Checks a batch.
     *
     * @throws RejectedException when to write the others would overtake one that is refused, in its group
     */
    static BatchRows of(List<EtlRecord> batch, RowConverter converter, Shape shape) {
        BatchRows rows = new BatchRows();
        Map<DeliveryId, Collected> collected = rows.collect(batch, converter);
        Set<LedgerKey> seen = new HashSet<>();
        collected.forEach((id, delivery) -> {
            if (!rows.rejected.containsKey(id)) {
                rows.add(id, delivery, shape, seen);
            }
        });
        if (WriteResult.overtakes(batch, rows.rejected.keySet())) {
            throw new RejectedException(rows.rejected.values().iterator().next());
        }
        if (shape == Shape.ONCE_PER_MESSAGE) {
            rows.deliveries.sort(Comparator.comparing(DeliveryRows::key));
        }
        return rows;
    }

    private Map<DeliveryId, Collected> collect(List<EtlRecord> batch, RowConverter converter) {
        Map<DeliveryId, Collected> collected = new LinkedHashMap<>();
        for (EtlRecord record : batch) {
            DeliveryId id = record.delivery();
            Collected delivery = collected.computeIfAbsent(id, ignored -> new Collected(record.key()));
            try {
                delivery.rows.add(converter.convert(record));
            } catch (RefusedValueException refusal) {
                rejected.putIfAbsent(id, refusal.rejection());
            }
        }
        return collected;
    }

    private void add(DeliveryId id, Collected delivery, Shape shape, Set<LedgerKey> seen) {
        try {
            LedgerKey key = LedgerKey.of(delivery.key);
            if (shape == Shape.ONE_ROW_PER_MESSAGE && delivery.rows.size() > 1) {
                throw new RefusedValueException(SPLIT);
            }
            if (shape == Shape.ONCE_PER_MESSAGE && !seen.add(key)) {
                duplicate.add(id);
                return;
            }
            deliveries.add(new DeliveryRows(id, key, delivery.rows));
            rowCount += delivery.rows.size();
        } catch (RefusedValueException refusal) {
            rejected.put(id, refusal.rejection());
        }
    }

    /** What is written, in order. */
    List<DeliveryRows> deliveries() {
        return deliveries;
    }

    /** The days (UTC) on which the messages were sent. Consecutive messages usually have the same day. */
    Set<LocalDate> days() {
        Set<LocalDate> days = new HashSet<>();
        long last = Long.MIN_VALUE;
        for (DeliveryRows delivery : deliveries) {
            long day = Math.floorDiv(delivery.key().sentMillis(), DAY_MILLIS);
            if (day != last) {
                days.add(LocalDate.ofEpochDay(day));
                last = day;
            }
        }
        return days;
    }

    /** How many rows the deliveries have together. */
    int rowCount() {
        return rowCount;
    }

    /** For each row the number of its delivery, from 1. */
    int[] deliveryNumbers() {
        int[] numbers = new int[rowCount];
        int row = 0;
        for (int i = 0; i < deliveries.size(); i++) {
            for (int j = 0; j < deliveries.get(i).rows().size(); j++) {
                numbers[row++] = i + 1;
            }
        }
        return numbers;
    }

    /** The numbers of the deliveries with no row among these rows, which have numbers from 1, too. */
    Set<Integer> without(Set<Integer> rows) {
        int[] numbers = deliveryNumbers();
        Set<Integer> without = Arrays.stream(numbers).boxed().collect(Collectors.toSet());
        rows.forEach(row -> without.remove(numbers[row - 1]));
        return without;
    }

    /** The result, when the deliveries with these numbers were written before. */
    WriteResult result(Set<Integer> writtenBefore) {
        Set<DeliveryId> written = new HashSet<>();
        Set<DeliveryId> duplicates = new HashSet<>(duplicate);
        for (int i = 0; i < deliveries.size(); i++) {
            (writtenBefore.contains(i + 1) ? duplicates : written)
                    .add(deliveries.get(i).id());
        }
        return new WriteResult(written, duplicates, rejected);
    }
}
