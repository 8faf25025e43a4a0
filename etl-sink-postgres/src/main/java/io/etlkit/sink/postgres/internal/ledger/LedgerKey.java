package io.etlkit.sink.postgres.internal.ledger;

import io.etlkit.api.RecordKey;
import io.etlkit.api.Rejection;
import io.etlkit.sink.postgres.internal.column.RefusedValueException;
import io.etlkit.sink.postgres.internal.column.TextChecks;
import java.time.Instant;
import java.util.Comparator;

/**
 * A message's key as the ledger stores it. Ordered by time first: new entries go to the end of the index, where pages are
 * cached, and two writers that both use this order cannot deadlock.
 *
 * @param sentMillis when the message was sent, in milliseconds since 1970
 * @param id the message's id
 */
public record LedgerKey(long sentMillis, String id) implements Comparable<LedgerKey> {
    private static final Comparator<LedgerKey> ORDER =
            Comparator.comparingLong(LedgerKey::sentMillis).thenComparing(LedgerKey::id);

    /** An index entry must fit into a third of a page. */
    private static final int MAX_ID_LENGTH = 512;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    public static LedgerKey of(RecordKey key) throws RefusedValueException {
        try {
            TextChecks.storable(key.id());
        } catch (RefusedValueException unstorable) {
            throw invalid("the message id contains a character that Postgres cannot store");
        }
        if (key.id().length() > MAX_ID_LENGTH) {
            throw invalid("the message id is longer than " + MAX_ID_LENGTH + " characters");
        }
        if (key.since().isBefore(EARLIEST) || key.since().isAfter(LATEST)) {
            throw invalid("the time the message was sent is not between the years 1 and 9999");
        }
        return new LedgerKey(key.since().toEpochMilli(), key.id());
    }

    private static RefusedValueException invalid(String message) {
        return new RefusedValueException(Rejection.of("invalid_key", message));
    }

    @Override
    public int compareTo(LedgerKey other) {
        return ORDER.compare(this, other);
    }
}
