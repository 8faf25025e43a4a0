package io.etlkit.api.seal;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.StartupException;

/** Encrypts the originals of dead letters, and decrypts them. Used by one thread at a time; blocks on nothing. */
public interface OriginalCipher extends AutoCloseable {
    /**
     * Checks that there is a key to seal with. A pipeline that seals asks once, when it starts.
     *
     * @throws StartupException when there is none
     */
    void checkCanSeal();

    /**
     * Seals a record as the source handed it over: its body and its headers, bound to the pipeline and the record's key.
     *
     * @param pipeline the pipeline's name
     * @param original the record, its body the raw text
     * @return the sealed bytes
     */
    byte[] seal(String pipeline, EtlRecord original);

    /**
     * Opens a sealed original: the body and the headers as the source handed them over.
     *
     * @param pipeline the pipeline of the dead letter
     * @param key the record's key
     * @param sealed what {@link #seal} made, with any key that the keyset still holds
     * @throws UnsealException when it cannot be opened, with the reason
     */
    DeadLetter.Clear open(String pipeline, RecordKey key, DeadLetter.Sealed sealed) throws UnsealException;

    /** Wipes the keys as far as a JVM can. */
    @Override
    void close();
}
