package io.etlkit.source.sqs;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows on the answer of a call that nobody waits for. */
final class Answer {
    private static final Logger log = LoggerFactory.getLogger(SqsSource.class);

    private Answer() {}

    /** Has one of the two called with the answer; an exception out of these is a bug, and is not to go unnoticed. */
    static <T> void of(CompletableFuture<T> call, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
        CompletableFuture<T> unused = call.whenComplete((value, failure) -> {
            try {
                if (failure == null) {
                    onSuccess.accept(value);
                } else {
                    onFailure.accept(failure);
                }
            } catch (RuntimeException bug) {
                log.error("an answer of SQS was not worked on: {}", place(bug));
                throw bug;
            }
        });
    }

    /** Without the message, which might quote a record. */
    private static String place(RuntimeException bug) {
        StackTraceElement[] frames = bug.getStackTrace();
        return bug.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
    }
}
