package io.etlkit.source.sqs;

import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.SqsClients.Target;

/** Puts failures into words for whoever has to mend them. Immutable. */
final class FailureMessages {
    private final String queue;
    private final QueueUse use;

    FailureMessages(QueueAddress address, Target target) {
        this(address, target, QueueUse.SOURCE);
    }

    FailureMessages(QueueAddress address, Target target, QueueUse use) {
        this.use = use;
        this.queue = "SQS queue " + address.name() + " in " + target.region().id()
                + target.server().map(server -> " at " + server).orElse("");
    }

    /** The queue, as messages name it. */
    String queue() {
        return queue;
    }

    /** For a failure before anything was received. */
    RuntimeException atStart(SqsFailure failure) {
        return failure.kind().isFatalAtStart() ? fatal(failure) : passing(failure);
    }

    /** For a failure that will pass. */
    TransientException passing(SqsFailure failure) {
        return new TransientException(queue + ": " + failure.text());
    }

    /** For a failure that will not pass. */
    StartupException fatal(SqsFailure failure) {
        return new StartupException(
                switch (failure.kind()) {
                    case NO_QUEUE ->
                        "there is no " + queue + " (" + failure.text() + "); make it, or mend the " + use.user()
                                + "'s queue, region or endpoint";
                    case ACCESS_DENIED ->
                        "no access to the " + queue + " (" + failure.text() + "); these credentials need "
                                + use.rights();
                    case CREDENTIALS ->
                        "no valid credentials for the " + queue + " (" + failure.text()
                                + "); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE or the role of the pod or"
                                + " machine; for a stand-in, the " + use.user() + "'s accessKeyId and secretAccessKey";
                    case TRANSIENT, THROTTLED, REFUSED ->
                        "the " + queue + " can not be " + use.used() + " (" + failure.text() + "); check the "
                                + use.user() + "'s queue, region and endpoint";
                });
    }
}
