package io.etlkit.api;

import java.util.List;

/**
 * Turns one record into none, one or several. A lane has its own instance and calls it from one thread at a time, so a
 * simple transform needs no lock. It does not block on anything but what its factory's documentation names.
 */
@FunctionalInterface
public interface Transform extends AutoCloseable {
    /**
     * Transforms a record.
     *
     * @return empty to filter it, one to map it, several to split it; what is returned keeps the record's delivery and key
     * @throws RejectedException when the record can never pass. Any other exception but {@link TransientException}
     *     rejects it too: a record never passes through a step that failed
     * @throws TransientException when the same call may succeed later
     */
    List<EtlRecord> apply(EtlRecord record);

    /** Lets go of what it holds; nothing by default. */
    @Override
    default void close() {}
}
