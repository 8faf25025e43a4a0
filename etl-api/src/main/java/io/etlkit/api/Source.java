package io.etlkit.api;

import java.time.Duration;
import java.util.List;

/**
 * Where records come from.
 *
 * <ol>
 *   <li>The factory makes one source a lane; making it may connect, and fails with a clear message when what it names does
 *       not exist.
 *   <li>{@link #poll} hands records over, again and again.
 *   <li>Each delivery so handed over comes back in exactly one {@link #settle}, some time later, in any order. After a
 *       crash it never comes back; the message is then delivered again.
 *   <li>{@link #close} waits until settlements are confirmed, or the drain deadline has passed.
 * </ol>
 *
 * <p>Used by one thread at a time, but for {@link #close}, which may come from another thread and must then end a hung
 * call.
 */
public interface Source extends AutoCloseable {
    /**
     * Hands over what there is. Blocks up to {@code maxWait} for the first record and returns as soon as some are there.
     * The body is the raw text: a source never parses.
     *
     * @param max the most records to return, at least 1
     * @param maxWait the longest to wait
     * @return records, each with a delivery of its own; empty when there is nothing now
     * @throws TransientException when the same call may succeed later; nothing is lost
     * @throws InterruptedException when the lane is told to stop at once
     */
    List<EtlRecord> poll(int max, Duration maxWait) throws InterruptedException;

    /**
     * Takes over what became of deliveries, and returns without waiting for the remote side; the source retries by itself.
     *
     * @throws InterruptedException when the lane is told to stop at once
     */
    void settle(Settlement settlement) throws InterruptedException;

    /**
     * Whether nothing is left: nothing waiting in the source's own counts, nothing in flight and no settlement pending.
     * Asked only by bounded runs; may ask the remote side. A source that can not tell answers false.
     */
    boolean drained();

    /** Finishes settling, within the drain deadline of its {@link PluginContext}, and lets go of everything it holds. */
    @Override
    void close();
}
