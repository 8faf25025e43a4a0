package io.etlkit.source.sqs;

import io.etlkit.api.PluginContext;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.StartupException;
import java.time.Duration;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a queue's settings before anything is received. Each warning is logged once, by lane 0. Stateless. */
final class QueueCheck {
    private static final Logger log = LoggerFactory.getLogger(SqsSource.class);
    private static final Duration SHORT_VISIBILITY = Duration.ofMinutes(2);

    private QueueCheck() {}

    /**
     * Warns of settings that will hurt.
     *
     * @param queue the queue, as messages name it
     * @throws StartupException when the pipeline can not work on this queue
     */
    static void check(SqsApi.Attributes attributes, String queue, PluginContext context) {
        checkVisibility(attributes.visibilityTimeout(), queue);
        OptionalInt receives = attributes.maxReceiveCount();
        if (context.onReject() == RejectPolicy.RELEASE && receives.isEmpty()) {
            throw new StartupException(
                    "onReject: release needs a redrive policy, or rejected messages come again for ever,"
                            + " but the " + queue
                            + " has none; give the queue a RedrivePolicy, or use deadLetter, fail or drop");
        }
        if (context.lane() == 0) {
            warnOfVisibility(attributes.visibilityTimeout(), queue);
            warnOfRedrive(receives, queue, context.onReject());
        }
    }

    private static void checkVisibility(Duration visibility, String queue) {
        if (visibility.isZero()) {
            throw new StartupException("the " + queue + " has a visibility timeout of 0 s, so every message would"
                    + " be delivered again while it is worked on; set the queue's VisibilityTimeout to 120 or more");
        }
    }

    private static void warnOfVisibility(Duration visibility, String queue) {
        if (visibility.compareTo(SHORT_VISIBILITY) < 0) {
            log.warn(
                    "the {} hides messages for {} s only; they are kept hidden while they are worked on, but a short"
                            + " pause of this process may have them delivered twice: 120 s or more are better",
                    queue,
                    visibility.toSeconds());
        }
    }

    private static void warnOfRedrive(OptionalInt receives, String queue, RejectPolicy onReject) {
        if (receives.isPresent() && receives.getAsInt() == 1) {
            log.warn(
                    "the redrive policy of the {} has maxReceiveCount 1: a message that was received once and not"
                            + " deleted, as after a crash, a lost answer or the end of a run, moves to the queue's own"
                            + " dead-letter queue unprocessed; set it to 5 or more",
                    queue);
        } else if (receives.isEmpty() && onReject == RejectPolicy.FAIL) {
            log.warn(
                    "onReject is fail, and the {} has no redrive policy: a message that is rejected comes again and ends"
                            + " each run until somebody takes it out; give the queue a RedrivePolicy, or the pipeline a"
                            + " deadLetter block",
                    queue);
        } else if (receives.isEmpty()) {
            log.info(
                    "the {} has no redrive policy: a message that ends the process itself comes again until its"
                            + " retention period is over",
                    queue);
        }
    }
}
