package io.etlkit.api;

/** Opens the sealed originals of dead letters. Used by one thread at a time; blocks on nothing. */
public interface Unsealer extends AutoCloseable {
    /**
     * Opens a sealed original: the body and the headers as the source handed them over.
     *
     * @param pipeline the pipeline whose dead letter it is
     * @param key the record's key
     * @param sealed what {@link Sealer#seal} made
     * @throws UnsealException when it can not be opened, with the reason
     */
    DeadLetter.Clear unseal(String pipeline, RecordKey key, DeadLetter.Sealed sealed) throws UnsealException;

    /** Wipes the keys as far as a JVM can. */
    @Override
    void close();
}
