package io.etlkit.source.sqs.internal.source;

import io.etlkit.api.PluginContext;
import io.etlkit.source.sqs.internal.client.SqsApi;
import java.time.Duration;
import java.util.Optional;

/**
 * How much a source receives. Immutable.
 *
 * @param maxInFlight the most messages in flight
 * @param maxBytes the most characters that their bodies have together
 * @param maxReceives the most open receives
 * @param longPoll the long poll, in whole seconds
 */
public record SourceLimits(int maxInFlight, long maxBytes, int maxReceives, Duration longPoll) {
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final int HEAP_SHARE = 8;

    /** The part of the drain timeout that a long poll may take. */
    private static final int DRAIN_PERCENT = 80;

    /** The part of the visibility timeout, which begins when the receive is sent, that a long poll may take. */
    private static final int VISIBILITY_SHARE = 4;

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    /** The limits of one lane's source, with the defaults for what is not configured. */
    public static SourceLimits of(
            Optional<Integer> maxInFlight,
            Optional<Long> maxBytes,
            int maxReceives,
            Duration waitTime,
            PluginContext context) {
        long heapShare = Runtime.getRuntime().maxMemory() / HEAP_SHARE / context.lanes();
        return new SourceLimits(
                maxInFlight.orElse(2 * context.batchSize() + SqsApi.BATCH * maxReceives),
                maxBytes.orElse(Math.min(MOST_BYTES, heapShare)),
                maxReceives,
                longPoll(waitTime, context));
    }

    /** Not so long that a run that is to end has to wait for the last response. */
    private static Duration longPoll(Duration waitTime, PluginContext context) {
        Duration drain = context.drainTimeout().multipliedBy(DRAIN_PERCENT).dividedBy(100);
        Duration wait = shorter(waitTime, drain);
        return whole(context.untilIdle()
                .map(idle -> shorter(wait, idle.dividedBy(2)))
                .orElse(wait));
    }

    /**
     * These, with a long poll that leaves time to process what it brings. Otherwise a message that arrives late in a poll would
     * have lapsed when it is polled, again and again.
     */
    SourceLimits within(Duration visibilityTimeout) {
        Duration longest = whole(visibilityTimeout.dividedBy(VISIBILITY_SHARE));
        return new SourceLimits(maxInFlight, maxBytes, maxReceives, shorter(longPoll, longest));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration whole(Duration wait) {
        return Duration.ofSeconds(Math.max(SHORTEST_WAIT.toSeconds(), wait.toSeconds()));
    }
}
