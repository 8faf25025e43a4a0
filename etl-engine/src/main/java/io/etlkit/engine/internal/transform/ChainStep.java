package io.etlkit.engine.internal.transform;

import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.Transform;
import io.etlkit.api.TransientException;
import io.etlkit.api.config.Expression;
import io.etlkit.engine.internal.failure.StageRejectedException;
import io.etlkit.engine.internal.pii.PersonalValues;
import io.etlkit.engine.internal.pii.QuotedValues;
import io.etlkit.engine.internal.retry.Retrier;
import java.util.List;
import java.util.Optional;

/** One step of a lane's chain: a transform, and the condition under which it is applied. Used by its lane's thread. */
public final class ChainStep {
    private static final String TRANSFORM_FAILED = "transform_failed";

    private final Optional<String> label;
    private final Transform transform;
    private final Optional<Expression> when;
    private final Retrier retrier;

    public ChainStep(String label, Transform transform, Optional<Expression> when, Retrier retrier) {
        this.label = Optional.of(label);
        this.transform = transform;
        this.when = when;
        this.retrier = retrier;
    }

    /**
     * Applies it.
     *
     * @param personal what it must not quote when it fails
     * @throws StageRejectedException when the record can not pass
     */
    List<EtlRecord> apply(EtlRecord record, PersonalValues personal) throws InterruptedException {
        try {
            return applyOnce(record, personal);
        } catch (TransientException failure) {
            return retrier.retry(label.orElse("a step"), () -> applyOnce(record, personal), failure);
        }
    }

    private List<EtlRecord> applyOnce(EtlRecord record, PersonalValues personal) {
        try {
            if (when.isPresent() && !when.get().test(record)) {
                return List.of(record);
            }
            List<EtlRecord> results = transform.apply(record);
            for (EtlRecord result : results) {
                checkIdentity(record, result);
            }
            return results;
        } catch (RejectedException rejected) {
            throw new StageRejectedException(
                    Stage.TRANSFORM, label, QuotedValues.withheld(rejected.rejection(), personal));
        } catch (TransientException failure) {
            throw QuotedValues.withheld(failure, personal);
        } catch (StageRejectedException understood) {
            throw understood;
        } catch (RuntimeException unexpected) {
            // Its message may quote the record, so only its class is told.
            throw failed("the step failed with " + unexpected.getClass().getName());
        }
    }

    private void checkIdentity(EtlRecord record, EtlRecord result) {
        if (!record.delivery().equals(result.delivery()) || !record.key().equals(result.key())) {
            throw failed("the step changed the record's delivery or key");
        }
    }

    private StageRejectedException failed(String message) {
        return new StageRejectedException(Stage.TRANSFORM, label, Rejection.of(TRANSFORM_FAILED, message));
    }
}
