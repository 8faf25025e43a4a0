package io.etlkit.stub.sqs;

import java.time.Duration;
import java.util.List;

/** What goes wrong with one call. */
public sealed interface Fault {
    /** Nothing does. */
    record None() implements Fault {
        static final None INSTANCE = new None();
    }

    /**
     * The call is refused, and nothing is done: throttling, expired credentials, a queue that was deleted.
     *
     * @param status the HTTP status, such as 503
     * @param code the error's code, such as {@code ThrottlingException}
     */
    record Refusal(int status, String code) implements Fault {}

    /**
     * The call is carried out, and the answer comes late.
     *
     * @param delay how late
     */
    record LateAnswer(Duration delay) implements Fault {}

    /**
     * No answer ever comes, and the connection stays open.
     *
     * @param carriedOut whether the call is carried out all the same
     */
    record Silence(boolean carriedOut) implements Fault {}

    /**
     * The connection is closed in place of an answer.
     *
     * @param carriedOut whether the call is carried out all the same, and only its answer is lost
     */
    record HangUp(boolean carriedOut) implements Fault {}

    /**
     * The call is carried out, and the answer's body ends in the middle.
     *
     * @param honestLength whether {@code Content-Length} is the length of what is sent; otherwise it is the whole length, and the
     *     connection is closed
     */
    record CutAnswer(boolean honestLength) implements Fault {}

    /** A receive is carried out, with a wrong MD5 of its first message's body; other calls succeed. */
    record WrongMd5() implements Fault {}

    /**
     * Some entries of a batch fail, and are not carried out; the others are. Calls that are no batch go well.
     *
     * @param entries which, and how
     */
    record FailedEntries(List<EntryFailure> entries) implements Fault {
        /** Copies the list. */
        public FailedEntries {
            entries = List.copyOf(entries);
        }
    }

    /**
     * How one entry of a batch fails.
     *
     * @param position of the entry in the batch, from 0
     * @param code the error's code, such as {@code ReceiptHandleIsInvalid}
     * @param senderFault whether SQS says that the same entry would fail again
     */
    record EntryFailure(int position, String code, boolean senderFault) {}
}
