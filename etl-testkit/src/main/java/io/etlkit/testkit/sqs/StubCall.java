package io.etlkit.testkit.sqs;

import java.nio.ByteBuffer;

/**
 * One call that waits for its answer.
 *
 * @param connection whom to answer
 * @param delayMillis how late the answer goes out, 0 for at once
 * @param timers where late answers wait
 */
record StubCall(HttpConnection connection, long delayMillis, StubTimers timers) {
    void answer(ByteBuffer answer) {
        if (delayMillis == 0) {
            connection.answer(answer);
            return;
        }
        ByteBuffer kept = ByteBuffer.allocate(answer.remaining()).put(answer).flip();
        timers.after(delayMillis, () -> connection.answer(kept));
    }
}
