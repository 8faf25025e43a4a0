package io.etlkit.stub.sqs;

import java.util.List;

/**
 * Decides which calls fail, and how. Called by the server's thread only, once for each call, in order; {@link
 * StubSqsServer#faults} replaces it.
 */
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

    /** Every call of an action goes wrong. */
    static Faults always(SqsAction action, Fault fault) {
        return (called, call) -> called == action ? fault : Fault.None.INSTANCE;
    }

    /** Whatever is called goes wrong. */
    static Faults always(Fault fault) {
        return (called, call) -> fault;
    }

    /** The first calls of an action go wrong, one after another as listed; later ones go well. */
    static Faults first(SqsAction action, Fault... faults) {
        List<Fault> inTurn = List.of(faults);
        return (called, call) ->
                called == action && call < inTurn.size() ? inTurn.get((int) call) : Fault.None.INSTANCE;
    }
}
