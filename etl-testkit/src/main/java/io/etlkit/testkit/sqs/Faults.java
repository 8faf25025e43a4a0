package io.etlkit.testkit.sqs;

/** Decides which calls go wrong, and how. Called by the server's thread only, once for each call, in their order. */
@FunctionalInterface
public interface Faults {
    /**
     * What goes wrong with a call.
     *
     * @param action what is called
     * @param call which call of that action this is, from 0
     */
    Fault of(SqsAction action, long call);

    /** Nothing goes wrong. */
    static Faults none() {
        return (action, call) -> Fault.None.INSTANCE;
    }
}
