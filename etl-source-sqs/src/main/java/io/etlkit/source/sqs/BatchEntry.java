package io.etlkit.source.sqs;

/** One message's part of a batch. Safe for any thread, but only one at a time works on its failures. */
final class BatchEntry {
    private final Flight flight;
    private final int seconds;
    private final long since;
    private int failures;

    /**
     * Makes an entry.
     *
     * @param seconds how long the message is to be hidden, where that is what is asked for
     * @param since now
     */
    BatchEntry(Flight flight, int seconds, long since) {
        this.flight = flight;
        this.seconds = seconds;
        this.since = since;
    }

    Flight flight() {
        return flight;
    }

    int seconds() {
        return seconds;
    }

    long since() {
        return since;
    }

    /** Counts a failure; how many there are now. */
    int failedAgain() {
        failures++;
        return failures;
    }
}
