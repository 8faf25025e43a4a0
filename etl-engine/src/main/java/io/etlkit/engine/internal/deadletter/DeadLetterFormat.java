package io.etlkit.engine.internal.deadletter;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.internal.settle.ReleaseDelay;
import io.etlkit.json.DeadLetterJson;
import io.etlkit.json.JsonReader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Restores the messages of dead letters that are read from a queue ({@code decode: { format: dead-letter }}): the body, the
 * headers and the key, so that the sink's ledger recognizes the message. Used by its lane's thread.
 */
public final class DeadLetterFormat implements AutoCloseable {
    private static final String RECEIVE_COUNT = "receiveCount";

    private final String pipeline;
    private final OriginalOpener originals;

    /** Takes the opener, and closes it. */
    public DeadLetterFormat(String pipeline, OriginalOpener originals) {
        this.pipeline = pipeline;
        this.originals = originals;
    }

    /**
     * The message as the source first delivered it, with the delivery of the dead letter.
     *
     * @throws RejectedException when the record is not a dead letter of this pipeline, or its original cannot be opened
     */
    public EtlRecord restore(EtlRecord raw) {
        DeadLetter deadLetter = read(raw.body());
        if (!deadLetter.pipeline().equals(pipeline)) {
            throw new RejectedException(
                    "other_pipeline",
                    "the dead letter belongs to another pipeline; run it with the name of that pipeline, so that the"
                            + " ledger recognizes the message");
        }
        try {
            DeadLetter.Clear original = originals.open(deadLetter);
            Map<String, Value> headers = new LinkedHashMap<>(original.headers());
            headers.put(RECEIVE_COUNT, Value.of((long) deadLetter.attempts() + ReleaseDelay.receives(raw)));
            return new EtlRecord(raw.delivery(), deadLetter.key(), original.body(), headers);
        } catch (OriginalOpener.ClosedException closed) {
            throw new RejectedException(
                    "original_unavailable",
                    switch (closed.why()) {
                        case OMITTED -> "the original of the dead letter was not kept";
                        case NO_KEYSET ->
                            "the original of the dead letter is sealed, and there is nothing to open it with; name a keyset"
                                    + " as deadLetter.keyset";
                        case UNKNOWN_KEY ->
                            "the original of the dead letter was sealed with a key that the keyset does not hold";
                        case CHANGED -> "the original of the dead letter was changed, or belongs to another message";
                    });
        }
    }

    private static DeadLetter read(Value body) {
        if (body instanceof TextValue text) {
            return DeadLetterJson.read(JsonReader.read(text.value())).orElseThrow(DeadLetterFormat::notADeadLetter);
        }
        throw notADeadLetter();
    }

    private static RejectedException notADeadLetter() {
        return new RejectedException(
                "not_a_dead_letter", "the message is not a dead letter, as a dead-letter sink writes it");
    }

    @Override
    public void close() {
        originals.close();
    }
}
