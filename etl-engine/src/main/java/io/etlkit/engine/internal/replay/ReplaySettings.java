package io.etlkit.engine.internal.replay;

import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.PluginContext;
import io.etlkit.api.Source;
import io.etlkit.api.seal.OriginalCipher;
import io.etlkit.engine.BatchConfig;
import io.etlkit.engine.DeadLetterPolicy;
import io.etlkit.engine.ReplaySelection;
import io.etlkit.engine.internal.deadletter.OriginalOpener;
import io.etlkit.engine.internal.settings.PipelineSettings;
import io.etlkit.engine.internal.settings.PluginSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a replay of a pipeline: the same chain, sink, dead letters and name, so that the sink's ledger knows what it has
 * written, and the dead letters in place of the source.
 *
 * <p>There is one lane, for the letters of a group must be put through in their order, and a batch waits for nothing, for all
 * letters are there already.
 */
final class ReplaySettings {
    private static final String NAME = "dead-letters";

    private final PipelineSettings original;
    private final ReplaySelection selection;
    private final ReplayNotes notes;

    ReplaySettings(PipelineSettings original, ReplaySelection selection, ReplayNotes notes) {
        this.original = original;
        this.selection = selection;
        this.notes = notes;
    }

    PipelineSettings settings() {
        PluginSpec.OfDeadLetterSink letters = original.deadLetters().orElseThrow();
        boolean dryRun = selection.dryRun();
        return new PipelineSettings(
                original.name(),
                new PluginSpec.OfSource(NAME, context -> source(letters.opening(), context)),
                original.decode(),
                original.steps(),
                dryRun ? DryRun.sink(original.sink()) : original.sink(),
                Optional.of(dryRun ? DryRun.deadLetters(letters) : letters),
                dryRun
                        ? DeadLetterPolicy.builder()
                                .original(DeadLetterPolicy.Original.OMIT)
                                .build()
                        : original.deadLetterPolicy(),
                original.pii(),
                1,
                BatchConfig.builder()
                        .maxRecords(original.batch().maxRecords())
                        .maxWait(Duration.ZERO)
                        .maxCharacters(original.batch().maxCharacters())
                        .build(),
                original.retry(),
                original.onReject(),
                original.drainTimeout(),
                Optional.of(Duration.ZERO),
                selection.limit(),
                original.baseDirectory(),
                original.clock(),
                original.meterRegistry(),
                original.cipherProvider(),
                original.ticker(),
                true);
    }

    private Source source(Function<PluginContext, DeadLetterStore> opening, PluginContext context) {
        Optional<OriginalCipher> cipher = original.keyset()
                .flatMap(keyset ->
                        original.cipherProvider().map(provider -> provider.open(keyset, original.baseDirectory())));
        try {
            DeadLetterStore store = opening.apply(context);
            return new DeadLetterSource(
                    store,
                    new DeadLetterScan(store, selection, notes),
                    new OriginalOpener(original.name(), cipher),
                    notes,
                    !selection.dryRun());
        } catch (RuntimeException failed) {
            cipher.ifPresent(OriginalCipher::close);
            throw failed;
        }
    }
}
