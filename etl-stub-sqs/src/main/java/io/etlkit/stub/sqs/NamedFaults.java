package io.etlkit.stub.sqs;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Faults and actions by the names that a line of {@link StubSqsMain} gives them. Stateless. */
final class NamedFaults {
    private static final int BATCH = 10;

    private static final Map<String, Fault> FAULTS = new TreeMap<>(Map.ofEntries(
            Map.entry("throttle", new Fault.Refusal(400, "ThrottlingException")),
            Map.entry("request-throttled", new Fault.Refusal(403, "RequestThrottled")),
            Map.entry("500", new Fault.Refusal(500, "InternalError")),
            Map.entry("503", new Fault.Refusal(503, "ServiceUnavailable")),
            Map.entry("expired", new Fault.Refusal(403, "ExpiredTokenException")),
            Map.entry("denied", new Fault.Refusal(403, "AccessDeniedException")),
            Map.entry("no-queue", new Fault.Refusal(400, "QueueDoesNotExist")),
            Map.entry("late", new Fault.LateAnswer(Duration.ofSeconds(2))),
            Map.entry("silent", new Fault.Silence(false)),
            Map.entry("silent-done", new Fault.Silence(true)),
            Map.entry("hang-up", new Fault.HangUp(false)),
            Map.entry("lost", new Fault.HangUp(true)),
            Map.entry("cut", new Fault.CutAnswer(true)),
            Map.entry("cut-short", new Fault.CutAnswer(false)),
            Map.entry("md5", new Fault.WrongMd5()),
            Map.entry("half-fail", secondEntries("InternalError", false)),
            Map.entry("half-refuse", secondEntries("UnsupportedOperation", true)),
            Map.entry("half-stale", secondEntries("ReceiptHandleIsInvalid", true))));

    private NamedFaults() {}

    /**
     * A fault by its name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Fault fault(String name) {
        Fault fault = FAULTS.get(name);
        if (fault == null) {
            throw new IllegalArgumentException("no fault is named " + name + "; there are " + FAULTS.keySet());
        }
        return fault;
    }

    /**
     * The actions that a word means.
     *
     * @throws IllegalArgumentException when it means none
     */
    static List<SqsAction> actions(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "any" -> List.of(SqsAction.values());
            case "receive" -> List.of(SqsAction.RECEIVE_MESSAGE);
            case "delete" -> List.of(SqsAction.DELETE_MESSAGE, SqsAction.DELETE_MESSAGE_BATCH);
            case "visibility" ->
                List.of(SqsAction.CHANGE_MESSAGE_VISIBILITY, SqsAction.CHANGE_MESSAGE_VISIBILITY_BATCH);
            case "send" -> List.of(SqsAction.SEND_MESSAGE, SqsAction.SEND_MESSAGE_BATCH);
            case "ask" -> List.of(SqsAction.GET_QUEUE_ATTRIBUTES, SqsAction.GET_QUEUE_URL);
            default ->
                throw new IllegalArgumentException(
                        "no action is named " + word + "; there are any, receive, delete, visibility, send and ask");
        };
    }

    private static Fault secondEntries(String code, boolean senderFault) {
        return new Fault.FailedEntries(IntStream.range(0, BATCH)
                .filter(position -> position % 2 == 1)
                .mapToObj(position -> new Fault.EntryFailure(position, code, senderFault))
                .toList());
    }
}
