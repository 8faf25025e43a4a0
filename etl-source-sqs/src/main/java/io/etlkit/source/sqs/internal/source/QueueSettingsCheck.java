package io.etlkit.source.sqs.internal.source;

import io.etlkit.api.PluginContext;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.StartupException;
import io.etlkit.source.sqs.internal.client.SqsConnection;
import io.etlkit.source.sqs.internal.client.SqsQueue;
import java.time.Duration;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a queue's settings before anything is received. Lane 0 logs the warnings. Stateless. */
final class QueueSettingsCheck {
    private static final Logger log = LoggerFactory.getLogger(SqsConnection.LOGGER);
    private static final Duration SHORT_VISIBILITY = Duration.ofMinutes(2);

    private QueueSettingsCheck() {}

    /**
     * Warns of settings that cause trouble.
     *
     * @param queue the queue, as messages name it
     * @throws StartupException when the pipeline cannot run on this queue
     */
    static void check(SqsQueue.Attributes attributes, String queue, PluginContext context) {
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
                    + " be delivered again while it is processed; set the queue's VisibilityTimeout to 120 or more");
        }
    }

    private static void warnOfVisibility(Duration visibility, String queue) {
        if (visibility.compareTo(SHORT_VISIBILITY) < 0) {
            log.warn(
                    "the {} has a visibility timeout of {} s; it is extended while messages are in flight, but a short"
                            + " pause of this process may have them delivered twice; set it to 120 s or more",
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
                            + " each run until somebody removes it; give the queue a RedrivePolicy, or the pipeline a"
                            + " deadLetter block",
                    queue);
        } else if (receives.isEmpty()) {
            log.info(
                    "the {} has no redrive policy: a message that crashes the process comes again until its"
                            + " retention period is over",
                    queue);
        }
    }
}
