package io.etlkit.engine.internal.settle;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.internal.batch.Batch;
import io.etlkit.engine.internal.failure.FatalException;
import io.etlkit.engine.internal.retry.Retrier;
import io.etlkit.engine.internal.settings.PipelineSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps rejected deliveries, and returns when they are durable. Used by its lane's thread. */
public final class DeadLetterWriter {
    private final DeadLetterSink sink;
    private final String label;
    private final DeadLetterPolicy.Original policy;
    private final Optional<OriginalCipher> cipher;
    private final PipelineSettings settings;
    private final Retrier retrier;

    public DeadLetterWriter(
            DeadLetterSink sink,
            String label,
            Optional<OriginalCipher> cipher,
            PipelineSettings settings,
            Retrier retrier) {
        this.sink = sink;
        this.label = label;
        this.policy = settings.deadLetterPolicy().original();
        this.cipher = cipher;
        this.settings = settings;
        this.retrier = retrier;
    }

    /**
     * Writes them, holding while the sink fails transiently.
     *
     * @throws FatalException when the sink refuses them: then nothing of theirs may be settled
     */
    void write(List<Batch.RejectedDelivery> rejected) throws InterruptedException {
        Instant now = settings.clock().instant();
        List<DeadLetter> letters =
                rejected.stream().map(delivery -> letter(delivery, now)).toList();
        try {
            boolean ignored = retrier.call(label, () -> {
                sink.write(letters);
                return true;
            });
        } catch (RejectedException refused) {
            throw new FatalException(label + " refused " + letters.size()
                    + " dead letters, which are left with the source: " + refused.getMessage());
        }
    }

    private DeadLetter letter(Batch.RejectedDelivery delivery, Instant now) {
        EtlRecord original = delivery.original();
        return new DeadLetter(
                settings.name(),
                original.key(),
                delivery.stage(),
                delivery.step(),
                delivery.rejection(),
                ReleaseDelay.receives(original),
                now,
                kept(original));
    }

    private DeadLetter.Original kept(EtlRecord original) {
        return switch (policy) {
            case CLEAR -> new DeadLetter.Clear(original.body(), original.headers());
            case OMIT -> new DeadLetter.Omitted();
            case SEAL ->
                cipher.<DeadLetter.Original>map(open -> new DeadLetter.Sealed(open.seal(settings.name(), original)))
                        .orElseGet(DeadLetter.Omitted::new);
        };
    }
}
