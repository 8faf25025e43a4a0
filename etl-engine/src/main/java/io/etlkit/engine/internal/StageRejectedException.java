package io.etlkit.engine.internal;

import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.Rejection;
import java.util.Optional;

/** A record was rejected, and where. Without a stack trace: it is a result more than a failure. */
final class StageRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Stage stage;
    private final transient Optional<String> step;
    private final transient Rejection rejection;

    StageRejectedException(Stage stage, Optional<String> step, Rejection rejection) {
        super(rejection.reason(), null, false, false);
        this.stage = stage;
        this.step = step;
        this.rejection = rejection;
    }

    Stage stage() {
        return stage;
    }

    Optional<String> step() {
        return step;
    }

    Rejection rejection() {
        return rejection;
    }
}
