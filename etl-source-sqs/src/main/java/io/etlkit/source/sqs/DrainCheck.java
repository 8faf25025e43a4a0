package io.etlkit.source.sqs;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Finds out that a queue is empty: its own counts are zero twice, some time apart, for they are approximate. Used by one
 * thread.
 */
final class DrainCheck {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final SqsApi api;
    private final Timer timer;
    private final BooleanSupplier idle;
    private final CompletableFuture<?> closing;
    private Optional<Long> lastAsked = Optional.empty();
    private int zeros;

    /**
     * Makes a check.
     *
     * @param idle whether nothing is in flight here
     * @param closing ends a question that is under way
     */
    DrainCheck(SqsApi api, Timer timer, BooleanSupplier idle, CompletableFuture<?> closing) {
        this.api = api;
        this.timer = timer;
        this.idle = idle;
        this.closing = closing;
    }

    /**
     * Whether the queue is empty; blocks for one question at the most.
     *
     * @throws SqsFailure when the queue does not answer
     */
    boolean drained() {
        if (!idle.getAsBoolean()) {
            zeros = 0;
            return false;
        }
        if (lastAsked.isPresent() && timer.nanos() - lastAsked.get() < PAUSE.toNanos()) {
            return false;
        }
        long messages = ask();
        lastAsked = Optional.of(timer.nanos());
        zeros = messages == 0 && idle.getAsBoolean() ? zeros + 1 : 0;
        return zeros >= 2;
    }

    private long ask() {
        CompletableFuture<SqsApi.Attributes> asked = api.attributes();
        try {
            CompletableFuture.anyOf(asked, closing).get();
            return asked.isDone() ? asked.join().messages() : 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (ExecutionException | CompletionException | CancellationException failure) {
            throw SqsFailures.of("GetQueueAttributes", failure);
        }
    }
}
