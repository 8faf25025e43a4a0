package io.etlkit.source.sqs.internal.client;

import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;

/** Puts failures into words for whoever has to fix them. Immutable. */
public final class ErrorMessages {
    private final String queue;
    private final QueueRole role;

    /** Messages about a queue in a role. */
    public ErrorMessages(QueueAddress address, Endpoint endpoint, QueueRole role) {
        this.role = role;
        this.queue = "SQS queue " + address.name() + " in " + endpoint.region().id()
                + endpoint.server().map(server -> " at " + server).orElse("");
    }

    /** The queue, as messages name it. */
    public String queue() {
        return queue;
    }

    /** For a failure in {@code create}. */
    RuntimeException atStart(SqsCallException failure) {
        return failure.kind().isFatalAtStart() ? fatal(failure) : passing(failure);
    }

    /** For a failure that a retry may pass. */
    public TransientException passing(SqsCallException failure) {
        return new TransientException(queue + ": " + failure.text());
    }

    /** For a failure that needs somebody to fix it. */
    public StartupException fatal(SqsCallException failure) {
        return new StartupException(
                switch (failure.kind()) {
                    case NO_QUEUE ->
                        "there is no " + queue + " (" + failure.text() + "); create it, or fix the " + role.owner()
                                + "'s queue, region or endpoint";
                    case ACCESS_DENIED ->
                        "no access to the " + queue + " (" + failure.text() + "); these credentials need "
                                + role.permissions();
                    case CREDENTIALS ->
                        "no valid credentials for the " + queue + " (" + failure.text()
                                + "); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE or the role of the pod or"
                                + " machine; for a stand-in, the " + role.owner()
                                + "'s accessKeyId and secretAccessKey";
                    case TRANSIENT, THROTTLED, REFUSED ->
                        "the " + queue + " cannot be " + role.verb() + " (" + failure.text() + "); check the "
                                + role.owner() + "'s queue, region and endpoint";
                });
    }
}
