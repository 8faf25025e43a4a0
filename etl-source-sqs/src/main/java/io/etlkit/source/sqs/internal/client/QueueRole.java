package io.etlkit.source.sqs.internal.client;

/** What a queue is used for; messages about it say so. */
public enum QueueRole {
    /** Messages are read from it. */
    SOURCE(
            "source",
            "read",
            "sqs:GetQueueUrl, sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:DeleteMessage and"
                    + " sqs:ChangeMessageVisibility on it, and kms:Decrypt when it is encrypted with a key of yours"),
    /** Dead letters are written to it. */
    DEAD_LETTER_SINK(
            "dead-letter sink",
            "written",
            "sqs:GetQueueUrl, sqs:GetQueueAttributes and sqs:SendMessage on it, and kms:GenerateDataKey and kms:Decrypt"
                    + " when it is encrypted with a key of yours");

    private final String owner;
    private final String verb;
    private final String permissions;

    QueueRole(String owner, String verb, String permissions) {
        this.owner = owner;
        this.verb = verb;
        this.permissions = permissions;
    }

    /** Whose options name the queue. */
    String owner() {
        return owner;
    }

    /** What is done with it. */
    String verb() {
        return verb;
    }

    /** What the credentials must allow. */
    String permissions() {
        return permissions;
    }
}
