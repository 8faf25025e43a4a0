package io.etlkit.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a dead-letter sink has kept of one pipeline, for looking at and for putting through again. Made by {@link
 * DeadLetterSinkFactory#open}. Used by one thread at a time, but for {@link #close}, which may come from another thread and
 * must then end a hung call. Sinks may write to the same place meanwhile, and other stores remove from it.
 *
 * <p>All calls block on what they read from, and throw {@link TransientException} when the same call may succeed later.
 */
public interface DeadLetterStore extends AutoCloseable {
    /**
     * Reads the letters, oldest message first (by {@link RecordKey#since}), a page at a time. Each letter that was there when
     * the first page was read, and is not removed meanwhile, comes exactly once; one that is written for the first time
     * meanwhile may come, one that is written again does not come a second time.
     *
     * @param after where the page before ended, as it says; empty for the first page
     * @param max the most letters of a page, at least 1; fewer come where their originals are large, so that a page always
     *     fits into memory
     * @throws TransientException when the same call may succeed later
     * @throws InterruptedException when the caller is told to stop at once
     */
    Page list(Optional<String> after, int max) throws InterruptedException;

    /**
     * Finds letters by the ids of their messages ({@link RecordKey#id}), oldest message first; ids that there is no letter of
     * are passed over. All are held in memory at once, so a caller names few.
     *
     * @throws TransientException when the same call may succeed later
     * @throws InterruptedException when the caller is told to stop at once
     */
    List<StoredDeadLetter> find(Set<String> messageIds) throws InterruptedException;

    /**
     * Removes those of the letters that have not been written again since they were read, and returns when that is durable. A
     * letter that was stays: its message was rejected once more. One that is gone already is passed over, so the same call may
     * be made twice.
     *
     * @return how many were removed by this call
     * @throws TransientException when the same call may succeed later
     * @throws InterruptedException when the caller is told to stop at once
     */
    int remove(List<StoredDeadLetter> letters) throws InterruptedException;

    /** Lets go of what it holds. */
    @Override
    void close();

    /**
     * Some letters of a listing.
     *
     * @param letters the letters; may be empty even where there are more
     * @param next where to go on; empty: these were the last
     */
    record Page(List<StoredDeadLetter> letters, Optional<String> next) {
        /** Copies the letters. */
        public Page {
            letters = List.copyOf(letters);
        }
    }
}
