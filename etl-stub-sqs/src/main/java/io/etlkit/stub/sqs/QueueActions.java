package io.etlkit.stub.sqs;

import io.etlkit.api.value.ListValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is asked of a queue now and then: sending, its URL, its attributes. Written for shortness, not for speed. */
final class QueueActions {
    private QueueActions() {}

    static String attributes(ObjectValue request, String name, StubQueue queue) {
        Map<String, Value> all = new LinkedHashMap<>();
        all.put("ApproximateNumberOfMessages", decimal(queue.visible()));
        all.put("ApproximateNumberOfMessagesNotVisible", decimal(queue.inFlight()));
        all.put("ApproximateNumberOfMessagesDelayed", decimal(0));
        all.put("VisibilityTimeout", decimal(queue.visibilityTimeoutMillis() / 1000));
        all.put("QueueArn", Value.of("arn:aws:sqs:us-east-1:" + StubSqsServer.ACCOUNT + ":" + name));
        Set<String> wanted = new HashSet<>();
        ReceiveRequest.addTexts(request, "AttributeNames", wanted);
        if (!wanted.contains("All")) {
            all.keySet().retainAll(wanted);
        }
        return JsonWriter.write(Value.of(Map.of("Attributes", Value.of(all))));
    }

    static String url(String queueUrl) {
        return JsonWriter.write(Value.of(Map.of("QueueUrl", Value.of(queueUrl))));
    }

    static String send(ObjectValue request, StubQueue queue) {
        return JsonWriter.write(Value.of(sent(request, queue)));
    }

    /** Takes in a batch, but for the entries that are to fail. */
    static String sendBatch(ObjectValue request, StubQueue queue, List<Fault.EntryFailure> failing) {
        List<Value> successful = new ArrayList<>();
        List<Value> failed = new ArrayList<>();
        List<ObjectValue> entries = entries(request);
        for (int position = 0; position < entries.size(); position++) {
            int here = position;
            Value id = Value.of(ReceiveRequest.text(entries.get(position), "Id"));
            Optional<Fault.EntryFailure> failure =
                    failing.stream().filter(each -> each.position() == here).findFirst();
            if (failure.isPresent()) {
                failed.add(failed(id, failure.get()));
            } else {
                Map<String, Value> told = sent(entries.get(position), queue);
                told.put("Id", id);
                successful.add(Value.of(told));
            }
        }
        return JsonWriter.write(Value.of(Map.of("Successful", Value.of(successful), "Failed", Value.of(failed))));
    }

    private static Value failed(Value id, Fault.EntryFailure failure) {
        return Value.of(Map.of(
                "Id", id,
                "Code", Value.of(failure.code()),
                "SenderFault", Value.of(failure.senderFault()),
                "Message", Value.of("The entry was not carried out.")));
    }

    private static List<ObjectValue> entries(ObjectValue request) {
        return request.get("Entries").orElse(Value.ofNull()) instanceof ListValue list
                ? list.values().stream().map(ObjectValue.class::cast).toList()
                : List.of();
    }

    private static Map<String, Value> sent(ObjectValue message, StubQueue queue) {
        String body = ReceiveRequest.text(message, "MessageBody");
        int number = queue.add(body.getBytes(StandardCharsets.UTF_8), System.currentTimeMillis());
        ByteText id = new ByteText(36);
        queue.store().appendId(number, id);
        Map<String, Value> told = new LinkedHashMap<>();
        told.put("MessageId", Value.of(new String(id.toByteArray(), StandardCharsets.US_ASCII)));
        told.put("MD5OfMessageBody", Value.of(MessageStore.md5Hex(body)));
        if (message.get("MessageAttributes").orElse(Value.ofNull()) instanceof ObjectValue attributes) {
            told.put("MD5OfMessageAttributes", Value.of(AttributesDigest.md5Hex(attributes)));
        }
        return told;
    }

    private static Value decimal(long number) {
        return Value.of(Long.toString(number));
    }
}
