package io.etlkit.engine.internal;

import io.etlkit.api.EtlRecord;

/** Takes a message out of what it is wrapped in. Stateless. */
@FunctionalInterface
interface EnvelopeReader {
    /**
     * The record with the message proper as its body, and what the envelope tells as headers.
     *
     * @throws io.etlkit.api.RejectedException when it is not such an envelope
     */
    EtlRecord unwrap(EtlRecord record);

    /** No envelope. */
    static EnvelopeReader none() {
        return record -> record;
    }
}
