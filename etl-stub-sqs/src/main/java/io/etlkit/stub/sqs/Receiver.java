package io.etlkit.stub.sqs;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Queue;

/** Hands out messages, and keeps those waiting who found none. Used by the loop's thread only. */
final class Receiver {
    /** A long poll; it is answered once, with messages or at its end without. */
    private static final class Waiter {
        final StubCall call;
        final ReceiveRequest request;
        boolean answered;

        Waiter(StubCall call, ReceiveRequest request) {
            this.call = call;
            this.request = request;
        }
    }

    private static final byte[] ID = ascii("{\"MessageId\":\"");
    private static final byte[] RECEIPT = ascii("\",\"ReceiptHandle\":\"");
    private static final byte[] MD5 = ascii("\",\"MD5OfBody\":\"");
    private static final byte[] BODY = ascii("\",\"Body\":\"");
    private static final byte[] ATTRIBUTES = ascii("\",\"Attributes\":{");
    private static final byte[] SENDER = ascii("\"SenderId\":\"AIDAIENQZJOLO23YVJ4VO\",");
    private static final byte[] SENT = ascii("\"SentTimestamp\":\"");
    private static final byte[] COUNT = ascii("\"ApproximateReceiveCount\":\"");
    private static final byte[] NEXT_ATTRIBUTE = ascii("\",");

    private final HttpAnswer answer;
    private final StubTimers timers;
    private final IdentityHashMap<StubQueue, Queue<Waiter>> waiters = new IdentityHashMap<>();

    private byte[] lastBody = {};
    private ReceiveRequest lastRequest = ReceiveRequest.of(ObjectValue.empty());

    Receiver(HttpAnswer answer, StubTimers timers) {
        this.answer = answer;
        this.timers = timers;
    }

    /** Reads a request. A client asks for the same again and again, so the one before is remembered. */
    ReceiveRequest read(HttpRequest request) {
        byte[] bytes = request.bytes();
        if (!Arrays.equals(bytes, request.bodyStart(), request.bodyEnd(), lastBody, 0, lastBody.length)) {
            lastRequest = ReceiveRequest.of((ObjectValue) JsonReader.read(request.body()));
            lastBody = Arrays.copyOfRange(bytes, request.bodyStart(), request.bodyEnd());
        }
        return lastRequest;
    }

    void receive(StubCall call, ReceiveRequest request, StubQueue queue) {
        if (queue.hasWaiting() || request.waitMillis() == 0) {
            hand(call, request, queue);
            return;
        }
        Waiter waiter = new Waiter(call, request);
        waitersOf(queue).add(waiter);
        timers.after(request.waitMillis(), () -> {
            if (!waiter.answered) {
                waiter.answered = true;
                waitersOf(queue).remove(waiter);
                hand(call, request, queue);
            }
        });
    }

    /** Serves those who wait, as long as there is something for them. */
    void serveWaiters(StubQueue queue) {
        Queue<Waiter> waiting = waitersOf(queue);
        while (queue.hasWaiting() && !waiting.isEmpty()) {
            Waiter waiter = waiting.remove();
            waiter.answered = true;
            if (waiter.call.connection().isOpen()) {
                hand(waiter.call, waiter.request, queue);
            }
        }
    }

    private Queue<Waiter> waitersOf(StubQueue queue) {
        return waiters.computeIfAbsent(queue, absent -> new ArrayDeque<>());
    }

    private void hand(StubCall call, ReceiveRequest request, StubQueue queue) {
        ByteText body = answer.start();
        if (!queue.hasWaiting()) {
            body.append("{}");
            call.answer(answer.ok());
            return;
        }
        long now = StubClock.millis();
        long visibility = request.visibilityMillis() < 0 ? queue.visibilityTimeoutMillis() : request.visibilityMillis();
        body.append("{\"Messages\":[");
        for (int count = 0; count < request.max() && queue.hasWaiting(); count++) {
            if (count > 0) {
                body.append(',');
            }
            append(queue, queue.receive(now, visibility), request, body);
        }
        body.append("]}");
        call.answer(answer.ok());
    }

    private static void append(StubQueue queue, int message, ReceiveRequest request, ByteText body) {
        MessageStore store = queue.store();
        body.append(ID);
        store.appendId(message, body);
        body.append(RECEIPT);
        Receipts.append(message, queue.receives(message), body);
        body.append(MD5);
        store.appendMd5(message, body);
        body.append(BODY);
        store.appendBody(message, body);
        if (request.wantsAttributes()) {
            appendAttributes(queue, message, request, body);
        } else {
            body.append("\"}");
        }
    }

    private static void appendAttributes(StubQueue queue, int message, ReceiveRequest request, ByteText body) {
        body.append(ATTRIBUTES);
        if (request.sender()) {
            body.append(SENDER);
        }
        if (request.sentTimestamp()) {
            body.append(SENT).appendDecimal(queue.store().sentAtMillis(message)).append(NEXT_ATTRIBUTE);
        }
        if (request.receiveCount()) {
            body.append(COUNT).appendDecimal(queue.receives(message)).append(NEXT_ATTRIBUTE);
        }
        body.truncate(body.length() - 1).append("}}");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
