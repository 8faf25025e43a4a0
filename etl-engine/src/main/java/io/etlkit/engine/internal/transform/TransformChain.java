package io.etlkit.engine.internal.transform;

import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.engine.internal.batch.Batch;
import io.etlkit.engine.internal.deadletter.DeadLetterFormat;
import io.etlkit.engine.internal.decode.Decoder;
import io.etlkit.engine.internal.failure.StageRejectedException;
import io.etlkit.engine.internal.pii.PersonalDataGuard;
import io.etlkit.engine.internal.pii.PersonalValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes deliveries from raw text to what the sink is to write: decode, transforms, guard. Used by its lane's thread. */
public final class TransformChain {
    private final Optional<DeadLetterFormat> deadLetters;
    private final Decoder decoder;
    private final List<ChainStep> steps;
    private final PersonalDataGuard guard;

    /**
     * Makes a chain.
     *
     * @param deadLetters restores the messages of dead letters; empty: the source delivers messages
     */
    public TransformChain(
            Optional<DeadLetterFormat> deadLetters, Decoder decoder, List<ChainStep> steps, PersonalDataGuard guard) {
        this.deadLetters = deadLetters;
        this.decoder = decoder;
        this.steps = List.copyOf(steps);
        this.guard = guard;
    }

    /** Applies it to each delivery of a batch. */
    public void apply(Batch batch) throws InterruptedException {
        for (int position = 0; position < batch.size(); position++) {
            EtlRecord raw = batch.originals().get(position);
            try {
                if (deadLetters.isPresent()) {
                    raw = restore(deadLetters.get(), raw);
                    batch.restored(position, raw);
                }
                batch.transformed(raw, apply(raw));
            } catch (StageRejectedException rejected) {
                batch.reject(raw, rejected.stage(), rejected.step(), rejected.rejection());
            }
        }
    }

    private static EtlRecord restore(DeadLetterFormat format, EtlRecord delivered) {
        return decoding(() -> format.restore(delivered));
    }

    private List<EtlRecord> apply(EtlRecord raw) throws InterruptedException {
        EtlRecord decoded = decode(raw);
        PersonalValues personal = guard.capture(decoded.body());
        List<EtlRecord> results = List.of(decoded);
        for (ChainStep step : steps) {
            results = results.size() == 1 ? step.apply(results.get(0), personal) : applyToEach(step, results, personal);
        }
        guard.check(personal, decoded, results);
        return results;
    }

    private static List<EtlRecord> applyToEach(ChainStep step, List<EtlRecord> records, PersonalValues personal)
            throws InterruptedException {
        List<EtlRecord> results = new ArrayList<>(records.size());
        for (EtlRecord record : records) {
            results.addAll(step.apply(record, personal));
        }
        return results;
    }

    private EtlRecord decode(EtlRecord raw) {
        return decoding(() -> decoder.decode(raw));
    }

    private static EtlRecord decoding(Supplier<EtlRecord> decoding) {
        try {
            return decoding.get();
        } catch (RejectedException rejected) {
            throw new StageRejectedException(Stage.DECODE, Optional.empty(), rejected.rejection());
        } catch (RuntimeException unexpected) {
            throw new StageRejectedException(
                    Stage.DECODE,
                    Optional.empty(),
                    Rejection.of(
                            "decode_failed",
                            "decoding failed with " + unexpected.getClass().getName()));
        }
    }
}
