package io.etlkit.drills;

import io.etlkit.stub.sqs.QueueBooks;

/**
 * What a chaos run found: that the books balance, and what they say.
 *
 * @param options how it was run
 * @param queue the queue's own books
 * @param rows how many rows there are
 * @param deadLetters how many dead letters
 * @param killed how many processes were killed
 * @param asked how many were asked to stop
 */
record ChaosReport(ChaosOptions options, QueueBooks queue, long rows, long deadLetters, int killed, int asked) {
    @Override
    public String toString() {
        return ("%d messages sent = %d rows + %d dead letters: nothing is lost, nothing is there twice, nothing is in the clear.%n"
                        + "%d processes; killed %d times, asked to stop %d times; %d deliveries, of them %d redeliveries;"
                        + " %d visibility timeouts ran out; seed %d, %d s")
                .formatted(
                        queue.sent(),
                        rows,
                        deadLetters,
                        options.processes(),
                        killed,
                        asked,
                        queue.received(),
                        queue.redelivered(),
                        queue.expired(),
                        options.seed(),
                        options.length().toSeconds());
    }
}
