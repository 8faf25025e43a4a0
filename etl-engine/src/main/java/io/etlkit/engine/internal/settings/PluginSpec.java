package io.etlkit.engine.internal.settings;

import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Sink;
import io.etlkit.api.Source;
import java.util.function.Function;

/** A plugin that is chosen and configured, but not made yet. */
public final class PluginSpec {
    private PluginSpec() {}

    /**
     * A source to make for each lane.
     *
     * @param name the plugin's name
     * @param creation makes it
     */
    public record OfSource(String name, Function<PluginContext, Source> creation) {
        public String label() {
            return "source " + name;
        }
    }

    /**
     * A sink to make for each lane.
     *
     * @param name the plugin's name
     * @param creation makes it
     */
    public record OfSink(String name, Function<PluginContext, Sink> creation) {
        public String label() {
            return "sink " + name;
        }
    }

    /**
     * A dead-letter sink to make for each lane.
     *
     * @param name the plugin's name
     * @param creation makes it
     * @param opening opens what it has kept
     */
    public record OfDeadLetterSink(
            String name,
            Function<PluginContext, DeadLetterSink> creation,
            Function<PluginContext, DeadLetterStore> opening) {
        public String label() {
            return "dead-letter sink " + name;
        }
    }
}
