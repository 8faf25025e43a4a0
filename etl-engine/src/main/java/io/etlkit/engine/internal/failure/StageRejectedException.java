package io.etlkit.engine.internal.failure;

import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.Rejection;
import java.util.Optional;

/** A record was rejected, and where. Without a stack trace: it is a result more than a failure. */
public final class StageRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Stage stage;
    private final transient Optional<String> step;
    private final transient Rejection rejection;

    public StageRejectedException(Stage stage, Optional<String> step, Rejection rejection) {
        super(rejection.reason(), null, false, false);
        this.stage = stage;
        this.step = step;
        this.rejection = rejection;
    }

    public Stage stage() {
        return stage;
    }

    public Optional<String> step() {
        return step;
    }

    public Rejection rejection() {
        return rejection;
    }
}
