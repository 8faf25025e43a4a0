package io.etlkit.runner.internal.command;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Stage;
import java.time.Instant;
import java.util.Optional;

/**
 * Which letters are listed.
 *
 * @param reason those of this reason; empty: any
 * @param stage those rejected in this stage; empty: any
 * @param since those rejected since then; empty: whenever
 */
record LetterFilter(Optional<String> reason, Optional<Stage> stage, Optional<Instant> since) {
    boolean takes(DeadLetter letter) {
        return reason.map(letter.rejection().reason()::equals).orElse(true)
                && stage.map(letter.stage()::equals).orElse(true)
                && since.map(start -> !letter.failedAt().isBefore(start)).orElse(true);
    }
}
