package io.etlkit.engine.internal.pii;

import io.etlkit.api.Rejection;
import io.etlkit.api.TransientException;
import java.util.Optional;

/**
 * Holds steps to their contract where a personal value is at stake: what they say of a record goes into logs, dead letters and
 * reports, and may not quote one. Stateless.
 */
public final class QuotedValues {
    private static final String WITHHELD =
            "what the step said is withheld, for it quotes a personal value of the record";

    private QuotedValues() {}

    /** The rejection; without its message, its field, its reason, as far as they quote a personal value. */
    public static Rejection withheld(Rejection rejection, PersonalValues personal) {
        boolean inReason = personal.isIn(rejection.reason());
        boolean inField = rejection
                .field()
                .filter(field -> personal.isQuotedIn(field.toString()))
                .isPresent();
        if (!inReason && !inField && !personal.isQuotedIn(rejection.message())) {
            return rejection;
        }
        return new Rejection(
                inReason ? PersonalDataGuard.PII_LEAK : rejection.reason(),
                inField ? Optional.empty() : rejection.field(),
                WITHHELD);
    }

    /** The failure, which is still one that may pass; without its message where that quotes a personal value. */
    public static TransientException withheld(TransientException failure, PersonalValues personal) {
        return personal.isQuotedIn(String.valueOf(failure.getMessage())) ? new TransientException(WITHHELD) : failure;
    }
}
