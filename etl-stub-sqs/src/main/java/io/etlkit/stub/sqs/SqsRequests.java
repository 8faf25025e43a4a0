package io.etlkit.stub.sqs;

import io.etlkit.api.RejectedException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.json.JsonReader;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Handles the requests of the AWS JSON 1.0 protocol of SQS, with the faults that {@link Faults} asks for. Used by the loop's
 * thread only.
 */
final class SqsRequests implements HttpConnection.Handler {
    private final Map<String, StubQueue> queues = new LinkedHashMap<>();
    private final Map<SqsAction, Long> calls = new EnumMap<>(SqsAction.class);
    private final HttpAnswer answer = new HttpAnswer();
    private final BatchRequest batch = new BatchRequest();
    private final Settler settler = new Settler(answer);
    private final StubTimers timers;
    private final Receiver receiver;
    private Faults faults;
    private long requests;

    SqsRequests(Map<String, StubQueue> queues, Faults faults, StubTimers timers) {
        this.queues.putAll(queues);
        this.faults = faults;
        this.timers = timers;
        this.receiver = new Receiver(answer, timers);
        expireLater();
    }

    Optional<StubQueue> queue(String name) {
        return Optional.ofNullable(queues.get(name));
    }

    void serveWaiters(StubQueue queue) {
        receiver.serveWaiters(queue);
    }

    long requests() {
        return requests;
    }

    /** How many calls of an action came in. */
    long calls(SqsAction action) {
        return calls.getOrDefault(action, 0L);
    }

    void become(Faults newFaults) {
        faults = newFaults;
    }

    @Override
    public void handle(HttpRequest request, HttpConnection connection) {
        requests++;
        Optional<SqsAction> action = SqsAction.of(request.target());
        if (action.isEmpty()) {
            connection.answer(answer.error(400, "InvalidAction", "The stub does not know this action."));
            return;
        }
        Fault fault = faults.of(action.get(), calls.merge(action.get(), 1L, Long::sum) - 1);
        if (fault != Fault.None.INSTANCE && isNotCarriedOut(fault, connection)) {
            return;
        }
        try {
            carryOut(action.get(), request, new StubCall(connection, fault, timers));
        } catch (RejectedException | ClassCastException malformed) {
            connection.answer(answer.error(400, "SerializationException", "The request is not a JSON object."));
        }
    }

    /** Whether a fault ended the call before it was handled; the client then has its answer, or never gets one. */
    private boolean isNotCarriedOut(Fault fault, HttpConnection connection) {
        if (fault instanceof Fault.Refusal refusal) {
            connection.answer(answer.error(refusal.status(), refusal.code(), "Refused on purpose."));
            return true;
        } else if (fault instanceof Fault.HangUp hangUp && !hangUp.carriedOut()) {
            connection.close();
            return true;
        }
        return fault instanceof Fault.Silence silence && !silence.carriedOut();
    }

    private void carryOut(SqsAction action, HttpRequest request, StubCall call) {
        switch (action) {
            case RECEIVE_MESSAGE -> receive(receiver.read(request), call);
            case DELETE_MESSAGE, CHANGE_MESSAGE_VISIBILITY, DELETE_MESSAGE_BATCH, CHANGE_MESSAGE_VISIBILITY_BATCH ->
                settle(action, request, call);
            case SEND_MESSAGE, SEND_MESSAGE_BATCH, GET_QUEUE_ATTRIBUTES, GET_QUEUE_URL ->
                ask(action, (ObjectValue) JsonReader.read(request.body()), call);
        }
    }

    private void receive(ReceiveRequest request, StubCall call) {
        StubQueue queue = queues.get(nameIn(request.queueUrl()));
        if (queue == null) {
            noSuchQueue(call);
        } else {
            receiver.receive(call, request, queue);
        }
    }

    private void settle(SqsAction action, HttpRequest request, StubCall call) {
        if (!batch.parse(request.bytes(), request.bodyStart(), request.bodyEnd())) {
            call.answer(answer.error(400, "TooManyEntriesInBatchRequest", "A batch has at most ten entries."));
            return;
        }
        StubQueue queue = queues.get(nameIn(batch.queueUrl()));
        if (queue == null) {
            noSuchQueue(call);
            return;
        }
        if (action == SqsAction.DELETE_MESSAGE || action == SqsAction.CHANGE_MESSAGE_VISIBILITY) {
            settler.single(call, action, batch, queue);
        } else {
            settler.batch(call, action, batch, queue);
        }
        receiver.serveWaiters(queue);
    }

    private void ask(SqsAction action, ObjectValue request, StubCall call) {
        String url = ReceiveRequest.text(request, "QueueUrl");
        String name = action == SqsAction.GET_QUEUE_URL ? ReceiveRequest.text(request, "QueueName") : nameIn(url);
        StubQueue queue = queues.get(name);
        if (queue == null) {
            noSuchQueue(call);
            return;
        }
        String told = switch (action) {
            case SEND_MESSAGE -> QueueActions.send(request, queue);
            case SEND_MESSAGE_BATCH -> QueueActions.sendBatch(request, queue, call.failingEntries());
            case GET_QUEUE_URL -> QueueActions.url(call.connection().serverUrl() + StubSqsServer.path(name));
            default -> QueueActions.attributes(request, name, queue);
        };
        answer.start().append(told);
        call.answer(answer.ok());
        receiver.serveWaiters(queue);
    }

    private void noSuchQueue(StubCall call) {
        call.answer(answer.error(400, "QueueDoesNotExist", "The specified queue does not exist."));
    }

    private void expireLater() {
        timers.after(Deadlines.STEP_MILLIS, () -> {
            long now = StubClock.millis();
            for (StubQueue queue : queues.values()) {
                if (queue.expire(now)) {
                    receiver.serveWaiters(queue);
                }
            }
            expireLater();
        });
    }

    private static String nameIn(String queueUrl) {
        return queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
    }
}
