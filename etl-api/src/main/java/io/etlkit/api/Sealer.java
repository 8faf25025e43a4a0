package io.etlkit.api;

/** Encrypts the originals of dead letters. Used by one thread at a time. */
public interface Sealer extends AutoCloseable {
    /**
     * Seals a record as the source handed it over: its body and its headers, bound to the pipeline and the record's key.
     *
     * @param pipeline the pipeline's name
     * @param original the record, its body the raw text
     * @return the sealed bytes
     */
    byte[] seal(String pipeline, EtlRecord original);

    /** Wipes the keys as far as a JVM can. */
    @Override
    void close();
}
