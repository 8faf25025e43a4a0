package io.etlkit.stub.sqs;

import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import java.util.HashSet;
import java.util.Set;

/**
 * What a {@code ReceiveMessage} asks for.
 *
 * @param queueUrl the queue
 * @param max the most messages
 * @param waitMillis how long to wait for the first
 * @param visibilityMillis how long they are hidden; -1 for the queue's own time
 * @param sender whether the attribute SenderId is wanted
 * @param sentTimestamp whether the attribute SentTimestamp is wanted
 * @param receiveCount whether the attribute ApproximateReceiveCount is wanted
 */
record ReceiveRequest(
        String queueUrl,
        int max,
        long waitMillis,
        long visibilityMillis,
        boolean sender,
        boolean sentTimestamp,
        boolean receiveCount) {

    static ReceiveRequest of(ObjectValue request) {
        Set<String> names = new HashSet<>();
        addTexts(request, "AttributeNames", names);
        addTexts(request, "MessageSystemAttributeNames", names);
        boolean all = names.contains("All");
        return new ReceiveRequest(
                text(request, "QueueUrl"),
                (int) Math.max(1, Math.min(10, number(request, "MaxNumberOfMessages", 1))),
                number(request, "WaitTimeSeconds", 0) * 1000,
                number(request, "VisibilityTimeout", -1) * 1000,
                all || names.contains("SenderId"),
                all || names.contains("SentTimestamp"),
                all || names.contains("ApproximateReceiveCount"));
    }

    boolean wantsAttributes() {
        return sender || sentTimestamp || receiveCount;
    }

    static String text(ObjectValue request, String name) {
        return request.get(name).orElse(Value.ofNull()) instanceof TextValue text ? text.value() : "";
    }

    static void addTexts(ObjectValue request, String name, Set<String> to) {
        if (request.get(name).orElse(Value.ofNull()) instanceof ListValue list) {
            list.values().forEach(value -> {
                if (value instanceof TextValue text) {
                    to.add(text.value());
                }
            });
        }
    }

    private static long number(ObjectValue request, String name, long absent) {
        return request.get(name).orElse(Value.ofNull()) instanceof NumberValue number
                ? number.value().longValue()
                : absent;
    }
}
