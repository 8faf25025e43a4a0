package io.etlkit.source.sqs.internal.source;

import io.etlkit.source.sqs.internal.client.ExceptionTranslator;
import io.etlkit.source.sqs.internal.client.Scheduler;
import io.etlkit.source.sqs.internal.client.SqsApi;
import io.etlkit.source.sqs.internal.client.SqsCallException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Checks whether a queue is empty: its own counts must be zero twice, some time apart, because they are approximate. Used by
 * one thread.
 */
final class EmptyQueueCheck {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final SqsApi api;
    private final Scheduler scheduler;
    private final BooleanSupplier idle;
    private final CompletableFuture<?> closing;
    private Optional<Long> lastCounted = Optional.empty();
    private int zeros;

    /**
     * Makes a check.
     *
     * @param idle whether nothing is in flight here
     * @param closing ends an open call
     */
    EmptyQueueCheck(SqsApi api, Scheduler scheduler, BooleanSupplier idle, CompletableFuture<?> closing) {
        this.api = api;
        this.scheduler = scheduler;
        this.idle = idle;
        this.closing = closing;
    }

    /**
     * Whether the queue is empty. Blocks for one call at most.
     *
     * @throws SqsCallException when the call fails
     */
    boolean isEmpty() {
        if (!idle.getAsBoolean()) {
            zeros = 0;
            return false;
        }
        if (lastCounted.isPresent() && scheduler.nanos() - lastCounted.get() < PAUSE.toNanos()) {
            return false;
        }
        long messages = count();
        lastCounted = Optional.of(scheduler.nanos());
        zeros = messages == 0 && idle.getAsBoolean() ? zeros + 1 : 0;
        return zeros >= 2;
    }

    private long count() {
        CompletableFuture<Long> call = api.countMessages();
        try {
            CompletableFuture.anyOf(call, closing).get();
            return call.isDone() ? call.join() : 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (ExecutionException | CompletionException | CancellationException failure) {
            throw ExceptionTranslator.of("GetQueueAttributes", failure);
        }
    }
}
