package io.etlkit.engine.internal.replay;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.engine.internal.settings.PluginSpec;
import java.util.List;
import java.util.stream.Collectors;

/** Sinks that keep nothing, to see what a chain makes of records. Stateless. */
final class DryRun {
    private DryRun() {}

    static PluginSpec.OfSink sink(PluginSpec.OfSink replaced) {
        return new PluginSpec.OfSink(replaced.name(), context -> new NoSink());
    }

    static PluginSpec.OfDeadLetterSink deadLetters(PluginSpec.OfDeadLetterSink replaced) {
        return new PluginSpec.OfDeadLetterSink(replaced.name(), context -> new NoDeadLetters(), replaced.opening());
    }

    private static final class NoSink implements Sink {
        @Override
        public WriteResult write(List<EtlRecord> batch) {
            return WriteResult.allWritten(
                    batch.stream().map(EtlRecord::delivery).collect(Collectors.toSet()));
        }

        @Override
        public void close() {}
    }

    private static final class NoDeadLetters implements DeadLetterSink {
        @Override
        public void write(List<DeadLetter> letters) {}

        @Override
        public void close() {}
    }
}
