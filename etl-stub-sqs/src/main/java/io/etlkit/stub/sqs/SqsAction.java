package io.etlkit.stub.sqs;

import java.util.Optional;

/** The actions of SQS that the stub knows, named as in the header {@code X-Amz-Target}. */
public enum SqsAction {
    /** Hands out up to ten messages, waiting for them if asked to. */
    RECEIVE_MESSAGE("ReceiveMessage"),
    /** Deletes one message. */
    DELETE_MESSAGE("DeleteMessage"),
    /** Deletes up to ten messages. */
    DELETE_MESSAGE_BATCH("DeleteMessageBatch"),
    /** Changes how long one message stays hidden. */
    CHANGE_MESSAGE_VISIBILITY("ChangeMessageVisibility"),
    /** Changes how long up to ten messages stay hidden. */
    CHANGE_MESSAGE_VISIBILITY_BATCH("ChangeMessageVisibilityBatch"),
    /** Takes in one message. */
    SEND_MESSAGE("SendMessage"),
    /** Takes in up to ten messages. */
    SEND_MESSAGE_BATCH("SendMessageBatch"),
    /** Returns the counts and the visibility timeout. */
    GET_QUEUE_ATTRIBUTES("GetQueueAttributes"),
    /** Returns the URL of a queue by its name. */
    GET_QUEUE_URL("GetQueueUrl");

    private static final String TARGET_PREFIX = "AmazonSQS.";

    private final String target;

    SqsAction(String name) {
        this.target = TARGET_PREFIX + name;
    }

    static Optional<SqsAction> of(String target) {
        for (SqsAction action : values()) {
            if (action.target.equals(target)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
