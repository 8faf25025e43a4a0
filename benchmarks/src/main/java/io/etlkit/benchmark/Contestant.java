package io.etlkit.benchmark;

/** Something to measure. */
interface Contestant {
    /** What the table calls it. */
    String name();

    /** Runs it once from a cold start, on its own servers, and checks that every message is where it belongs. */
    Measurement measure();

    /** Fails the benchmark: a number is worth nothing when messages are missing. */
    static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("the books do not balance: " + what);
        }
    }
}
