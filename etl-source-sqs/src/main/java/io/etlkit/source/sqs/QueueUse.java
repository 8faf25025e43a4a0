package io.etlkit.source.sqs;

/** What a queue is used for, as messages about it say. */
enum QueueUse {
    SOURCE(
            "source",
            "read",
            "sqs:GetQueueUrl, sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:DeleteMessage and"
                    + " sqs:ChangeMessageVisibility on it, and kms:Decrypt when it is encrypted with a key of yours"),
    DEAD_LETTER_SINK(
            "dead-letter sink",
            "written",
            "sqs:GetQueueUrl, sqs:GetQueueAttributes and sqs:SendMessage on it, and kms:GenerateDataKey and kms:Decrypt"
                    + " when it is encrypted with a key of yours");

    private final String user;
    private final String used;
    private final String rights;

    QueueUse(String user, String used, String rights) {
        this.user = user;
        this.used = used;
        this.rights = rights;
    }

    /** Whose options name the queue. */
    String user() {
        return user;
    }

    /** What is done with it. */
    String used() {
        return used;
    }

    /** What the credentials have to allow. */
    String rights() {
        return rights;
    }
}
