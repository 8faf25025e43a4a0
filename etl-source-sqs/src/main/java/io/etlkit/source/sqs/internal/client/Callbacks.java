package io.etlkit.source.sqs.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the result of a call that nobody waits for. */
public final class Callbacks {
    private static final Logger log = LoggerFactory.getLogger(SqsConnection.LOGGER);

    private Callbacks() {}

    /** Calls one of the two with the result. An exception of theirs is a bug, and is logged. */
    public static <T> void handle(
            CompletableFuture<T> call, Consumer<T> onSuccess, Consumer<SqsCallException> onFailure) {
        CompletableFuture<T> unused = call.whenComplete((value, failure) -> {
            try {
                if (failure == null) {
                    onSuccess.accept(value);
                } else {
                    onFailure.accept(ExceptionTranslator.of("call", failure));
                }
            } catch (RuntimeException bug) {
                log.error("a response of SQS could not be handled: {}", place(bug));
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
