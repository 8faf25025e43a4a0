package io.etlkit.stub.sqs;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Deletes messages and changes their visibility, by receipt. Used by the loop's thread only. */
final class Settler {
    private static final byte[] SUCCESSFUL = "{\"Successful\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "{\"Id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final Fault.EntryFailure INVALID = new Fault.EntryFailure(0, "ReceiptHandleIsInvalid", true);

    private final HttpAnswer answer;
    private final ByteText failed = new ByteText(1 << 10);

    Settler(HttpAnswer answer) {
        this.answer = answer;
    }

    void batch(StubCall call, SqsAction action, BatchRequest request, StubQueue queue) {
        ByteText body = answer.start().append(SUCCESSFUL);
        failed.truncate(0);
        int succeeded = 0;
        long now = StubClock.millis();
        List<Fault.EntryFailure> failing = call.failingEntries();
        for (int entry = 0; entry < request.size(); entry++) {
            if (!failing.isEmpty() && failsOnPurpose(failing, request, entry)) {
                continue;
            }
            if (settle(action, request, entry, queue, now) == StubQueue.Outcome.UNKNOWN) {
                appendFailure(request, entry, INVALID);
                continue;
            }
            if (succeeded++ > 0) {
                body.append(',');
            }
            body.append(ID);
            request.appendId(entry, body);
            body.append(END);
        }
        body.append("],\"Failed\":[").append(failed.array(), 0, failed.length()).append("]}");
        call.answer(answer.ok());
    }

    private boolean failsOnPurpose(List<Fault.EntryFailure> failing, BatchRequest request, int entry) {
        for (Fault.EntryFailure failure : failing) {
            if (failure.position() == entry) {
                appendFailure(request, entry, failure);
                return true;
            }
        }
        return false;
    }

    private void appendFailure(BatchRequest request, int entry, Fault.EntryFailure failure) {
        failed.append(failed.length() == 0 ? "" : ",").append(ID);
        request.appendId(entry, failed);
        failed.append("\",\"SenderFault\":")
                .append(Boolean.toString(failure.senderFault()))
                .append(",\"Code\":\"")
                .append(failure.code())
                .append("\",\"Message\":\"The entry was not carried out.\"}");
    }

    void single(StubCall call, SqsAction action, BatchRequest request, StubQueue queue) {
        if (request.size() != 1 || settle(action, request, 0, queue, StubClock.millis()) == StubQueue.Outcome.UNKNOWN) {
            call.answer(answer.error(400, "ReceiptHandleIsInvalid", "The receipt handle is not valid."));
            return;
        }
        answer.start();
        call.answer(answer.ok());
    }

    private static StubQueue.Outcome settle(
            SqsAction action, BatchRequest request, int entry, StubQueue queue, long now) {
        long receipt = request.receipt(entry);
        if (receipt == Receipts.NONE) {
            return StubQueue.Outcome.UNKNOWN;
        }
        int message = Receipts.message(receipt);
        int receive = Receipts.receive(receipt);
        return switch (action) {
            case DELETE_MESSAGE, DELETE_MESSAGE_BATCH -> queue.delete(message, receive);
            default -> queue.changeVisibility(message, receive, now, request.visibilitySeconds(entry) * 1000L);
        };
    }
}
