package io.etlkit.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of the deliveries of a run. Every number but {@code rows} counts deliveries.
 *
 * <p>At the end {@code received = written + filtered + duplicate + deadLettered + dropped + released}; while the run lasts,
 * the difference is what is in flight. A delivery that was in flight when its lane failed counts as released: it lapses
 * back to the source.
 *
 * @param pipeline the pipeline's name
 * @param received handed over by the source
 * @param written durable in the sink
 * @param filtered let go by a transform
 * @param duplicate found durable from an earlier write
 * @param deadLettered durable in the dead letters
 * @param dropped rejected and forgotten, as the pipeline asks
 * @param released given back to the source
 * @param rows records durable in the sink; more than {@code written} where a transform splits
 * @param duration from the start to the last settlement confirmed, or up to now
 * @param failure why the pipeline failed, with no value of a record; empty: it did not
 */
public record RunReport(
        String pipeline,
        long received,
        long written,
        long filtered,
        long duplicate,
        long deadLettered,
        long dropped,
        long released,
        long rows,
        Duration duration,
        Optional<String> failure) {

    /** Deliveries whose fate is not known yet; 0 at the end of a run. */
    public long inFlight() {
        return received - written - filtered - duplicate - deadLettered - dropped - released;
    }
}
