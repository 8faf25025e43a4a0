package io.etlkit.sink.postgres.internal.deadletter;

import static io.etlkit.sink.postgres.internal.deadletter.StoredOriginal.storable;

import io.etlkit.api.DeadLetter;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes dead letters and deletes old ones over one connection. Used by the thread that owns the connection. */
final class DeadLetterWriter {
    /** Everyone who changes dead letters uses this order, so that no two deadlock. */
    static final Comparator<DeadLetter> ORDER = Comparator.comparing(DeadLetter::pipeline)
            .thenComparing(letter -> letter.key().id())
            .thenComparing(letter -> letter.key().since());

    private final Handle handle;
    private final String insert;
    private final String delete;

    DeadLetterWriter(Handle handle, TableName table) {
        this.handle = handle;
        this.insert = "INSERT INTO " + table.sql() + " AS t (" + String.join(", ", DeadLetterTable.COLUMNS)
                + ") VALUES (:" + String.join(", :", DeadLetterTable.COLUMNS)
                + ") ON CONFLICT (pipeline, message_id, sent_at) DO UPDATE SET stage = excluded.stage, step = excluded.step,"
                + " reason = excluded.reason, field = excluded.field, message = excluded.message,"
                + " attempts = excluded.attempts, failed_at = excluded.failed_at,"
                + " original_form = excluded.original_form, original = excluded.original";
        this.delete = "DELETE FROM " + table.sql() + " WHERE ctid IN (SELECT ctid FROM " + table.sql()
                + " WHERE pipeline = :pipeline AND sent_at < :before AND failed_at < :before"
                + " ORDER BY sent_at LIMIT :max FOR UPDATE SKIP LOCKED)";
    }

    /** Writes in one transaction. Of dead letters with the same key, the last one is kept. */
    void write(List<DeadLetter> letters) {
        Map<DeadLetter, DeadLetter> latest = new TreeMap<>(ORDER);
        letters.forEach(letter -> {
            latest.remove(letter);
            latest.put(letter, letter);
        });
        handle.useTransaction(transaction -> {
            PreparedBatch batch = transaction.prepareBatch(insert);
            latest.values().forEach(letter -> add(batch, letter));
            batch.execute();
        });
    }

    private static void add(PreparedBatch batch, DeadLetter letter) {
        OffsetDateTime failedAt = letter.failedAt().atOffset(ZoneOffset.UTC);
        StoredOriginal original = StoredOriginal.of(letter.original());
        batch.bind("pipeline", storable(letter.pipeline()))
                .bind("message_id", storable(letter.key().id()))
                .bind("sent_at", letter.key().since().atOffset(ZoneOffset.UTC))
                .bind("stage", letter.stage().label())
                .bind("step", letter.step().map(StoredOriginal::storable).orElse(null))
                .bind("reason", letter.rejection().reason())
                .bind(
                        "field",
                        letter.rejection()
                                .field()
                                .map(path -> storable(path.toString()))
                                .orElse(null))
                .bind("message", storable(letter.rejection().message()))
                .bind("attempts", letter.attempts())
                .bind("first_failed_at", failedAt)
                .bind("failed_at", failedAt)
                .bind("original_form", letter.original().form())
                .bind("original", original.bytes().orElse(null))
                .add();
    }

    /**
     * Deletes some dead letters that were last rejected before a point in time, and returns how many. A message fails after
     * it was sent, so {@code sent_at}, which is in the key, narrows the search. Rows that are being written are skipped.
     */
    int deleteOlder(String pipeline, Instant before, int max) {
        return handle.createUpdate(delete)
                .bind("pipeline", storable(pipeline))
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .bind("max", max)
                .execute();
    }
}
