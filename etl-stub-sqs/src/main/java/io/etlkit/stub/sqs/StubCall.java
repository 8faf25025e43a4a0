package io.etlkit.stub.sqs;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One call that waits for its answer.
 *
 * @param connection whom to answer
 * @param fault what goes wrong with it
 * @param timers where late answers wait
 */
record StubCall(HttpConnection connection, Fault fault, StubTimers timers) {
    void answer(ByteBuffer answer) {
        if (fault == Fault.None.INSTANCE) {
            connection.answer(answer);
        } else {
            answerWrong(answer);
        }
    }

    /** Which entries of a batch are to fail. */
    List<Fault.EntryFailure> failingEntries() {
        return fault instanceof Fault.FailedEntries failed ? failed.entries() : List.of();
    }

    private void answerWrong(ByteBuffer answer) {
        if (fault instanceof Fault.LateAnswer late) {
            ByteBuffer kept =
                    ByteBuffer.allocate(answer.remaining()).put(answer).flip();
            timers.after(late.delay().toMillis(), () -> connection.answer(kept));
        } else if (fault instanceof Fault.HangUp) {
            connection.close();
        } else if (fault instanceof Fault.CutAnswer cut && cut.honestLength()) {
            connection.answer(SpoiltAnswer.cut(answer));
        } else if (fault instanceof Fault.CutAnswer) {
            connection.answerAndClose(SpoiltAnswer.endedEarly(answer));
        } else if (fault instanceof Fault.WrongMd5) {
            connection.answer(SpoiltAnswer.withWrongMd5(answer));
        } else if (!(fault instanceof Fault.Silence)) {
            connection.answer(answer);
        }
    }
}
