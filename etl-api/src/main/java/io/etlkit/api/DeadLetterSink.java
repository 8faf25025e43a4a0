package io.etlkit.api;

import java.util.List;

/**
 * Where rejected records are kept. A lane has its own instance and calls it from one thread at a time, but for
 * {@link #close}, which may come from another thread and must then end a hung call.
 *
 * <p>It is a type of its own, not a {@link Sink}, because a dead letter's columns, key and privacy rules are fixed by the
 * framework and not by a pipeline's author.
 */
public interface DeadLetterSink extends AutoCloseable {
    /**
     * Keeps the letters, and returns when all of them are durable. A letter whose pipeline and key are there already
     * replaces what is there.
     *
     * @throws TransientException when the same call may succeed later; the engine holds and calls again
     * @throws RejectedException when the letters can never be kept; the pipeline stops and settles nothing
     * @throws InterruptedException when the lane is told to stop at once
     */
    void write(List<DeadLetter> letters) throws InterruptedException;

    /** Lets go of what it holds. */
    @Override
    void close();
}
