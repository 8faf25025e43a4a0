package io.etlkit.engine;

/**
 * A pipeline that was started. Safe for any thread.
 *
 * <p>It ends when it is stopped, when a lane fails, or when it was bounded and has reached its end. Nothing of it is left
 * running after {@link #await}.
 */
public interface PipelineRun extends AutoCloseable {
    /** What a run is doing. */
    enum State {
        /** Making sources, transforms and sinks. */
        STARTING,
        /** Moving records. */
        RUNNING,
        /** At least one lane waits for something that failed and may come back. */
        HOLDING,
        /** Finishing what is in flight, polling no more. */
        DRAINING,
        /** Over. */
        ENDED
    }

    /** What it is doing now. */
    State state();

    /** The numbers so far; after the end, the last ones. */
    RunReport report();

    /**
     * Asks it to end: it polls no more, finishes and settles what is in flight within the drain timeout and gives the rest
     * back. Returns at once.
     */
    void stop();

    /**
     * Blocks until it has ended.
     *
     * @throws InterruptedException when the calling thread is interrupted; the pipeline runs on
     */
    RunReport await() throws InterruptedException;

    /** Stops it and waits for the end; when interrupted it returns early, with the interrupt flag set. */
    @Override
    void close();
}
