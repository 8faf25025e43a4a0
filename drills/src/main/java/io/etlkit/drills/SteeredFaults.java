package io.etlkit.drills;

import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Faults;
import io.etlkit.stub.sqs.SqsAction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The faults of the stub SQS server, changed while it runs, and the number of calls. Safe for any thread. */
final class SteeredFaults implements Faults {
    static final Fault REFUSAL = new Fault.Refusal(503, "ServiceUnavailable");
    static final Fault NONE = new Fault.None();

    private final Map<SqsAction, Long> calls = new ConcurrentHashMap<>();
    private volatile Faults current = Faults.none();

    void set(Faults faults) {
        current = faults;
    }

    /** Refuses every call of an action from now on, as an SQS that is down would. */
    void refuse(SqsAction refused) {
        set((action, call) -> action == refused ? REFUSAL : NONE);
    }

    void clear() {
        set(Faults.none());
    }

    /** How many calls of an action came in. */
    long calls(SqsAction action) {
        return calls.getOrDefault(action, 0L);
    }

    @Override
    public Fault of(SqsAction action, long call) {
        calls.merge(action, 1L, Long::sum);
        return current.of(action, call);
    }
}
