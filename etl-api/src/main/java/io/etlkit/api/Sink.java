package io.etlkit.api;

import java.util.List;

/**
 * Where records go. A lane has its own instance and calls it from one thread at a time, but for {@link #close}, which may
 * come from another thread and must then end a hung call.
 */
public interface Sink extends AutoCloseable {
    /**
     * Writes a batch, and returns when it is durable. All records of one delivery are in one batch, and are written or
     * refused together. The same batch may come again after a {@link TransientException}, and the same message after a
     * redelivery; a sink that can not tell is at-least-once and says so in its summary.
     *
     * @param batch at least one record
     * @return what became of each delivery of the batch
     * @throws RejectedException when the batch can never be written as a whole and nothing of it was; the engine bisects
     * @throws TransientException when the outcome is unknown or nothing was written, and the same call may succeed later
     * @throws InterruptedException when the lane is told to stop at once
     */
    WriteResult write(List<EtlRecord> batch) throws InterruptedException;

    /** Lets go of what it holds; does not flush, for what {@link #write} returned is durable. */
    @Override
    void close();
}
