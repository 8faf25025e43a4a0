package io.etlkit.drills;

import io.etlkit.testkit.sqs.Fault;
import io.etlkit.testkit.sqs.Faults;
import io.etlkit.testkit.sqs.SqsAction;

/** What goes wrong with calls of the stub SQS server from now on. Set by any thread, asked by the server's. */
final class SteeredFaults implements Faults {
    private volatile Faults current = Faults.none();

    void set(Faults faults) {
        current = faults;
    }

    void clear() {
        current = Faults.none();
    }

    @Override
    public Fault of(SqsAction action, long call) {
        return current.of(action, call);
    }
}
