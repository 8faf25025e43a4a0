package io.etlkit.sink.postgres;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import java.util.List;

/** A dead-letter sink beside which old letters are deleted, for as long as it is open. */
final class ExpiringDeadLetters implements DeadLetterSink {
    private final DeadLetterSink sink;
    private final LetterExpiry expiry;

    ExpiringDeadLetters(DeadLetterSink sink, LetterExpiry expiry) {
        this.sink = sink;
        this.expiry = expiry;
    }

    @Override
    public void write(List<DeadLetter> letters) throws InterruptedException {
        sink.write(letters);
    }

    @Override
    public void close() {
        try {
            expiry.close();
        } finally {
            sink.close();
        }
    }
}
