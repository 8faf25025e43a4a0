package io.etlkit.api;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a plugin may know of the pipeline that it is made for. Safe for any thread. */
public interface PluginContext {
    /** The pipeline's name. */
    String pipeline();

    /** Which lane this plugin belongs to, from 0. */
    int lane();

    /** How many lanes this process runs. */
    int lanes();

    /** The wall clock; a plugin takes the time from nowhere else. */
    Clock clock();

    /** The most records that come in one batch. */
    int batchSize();

    /** How long {@code close} may take to finish what is in flight. */
    Duration drainTimeout();

    /** What the pipeline does with rejected records. */
    RejectPolicy onReject();

    /** Whether the run ends by itself when the source is empty; such a source then polls in shorter turns. */
    Optional<Duration> untilIdle();

    /** The folder that relative paths are taken from: the pipeline file's, or the working directory. */
    Path baseDirectory();

    /**
     * For a sink: the top-level fields that reach it, in order, as the transforms declare them; empty when no step says
     * what remains.
     */
    Optional<List<String>> fields();

    /**
     * For a sink: those of the top-level fields that reach it which are texts, or null, with the least number of characters
     * that a text has there, as the transforms declare it. A column that is narrower would refuse every record.
     */
    Map<String, Integer> shortestTexts();

    /** Counters and gauges of the plugin's own. */
    PluginMetrics metrics();
}
