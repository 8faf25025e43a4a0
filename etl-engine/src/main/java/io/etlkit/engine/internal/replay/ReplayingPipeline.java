package io.etlkit.engine.internal.replay;

import io.etlkit.engine.ReplayRun;
import io.etlkit.engine.ReplaySelection;
import io.etlkit.engine.RunReport;
import io.etlkit.engine.internal.lane.RunningPipeline;
import io.etlkit.engine.internal.settings.PipelineSettings;
import java.util.Map;
import java.util.Set;

/** A run whose source is the pipeline's own dead letters. */
public final class ReplayingPipeline implements ReplayRun {
    private final RunningPipeline run;
    private final ReplayNotes notes;

    private ReplayingPipeline(RunningPipeline run, ReplayNotes notes) {
        this.run = run;
        this.notes = notes;
    }

    /** Starts a replay, and returns at once. */
    public static ReplayingPipeline start(PipelineSettings settings, ReplaySelection selection) {
        ReplayNotes notes = new ReplayNotes(selection.messageIds());
        return new ReplayingPipeline(
                RunningPipeline.start(new ReplaySettings(settings, selection, notes).settings()), notes);
    }

    @Override
    public Map<Skip, Long> skipped() {
        return notes.skipped();
    }

    @Override
    public Set<String> missing() {
        return notes.missing();
    }

    @Override
    public State state() {
        return run.state();
    }

    @Override
    public RunReport report() {
        return run.report();
    }

    @Override
    public void stop() {
        run.stop();
    }

    @Override
    public RunReport await() throws InterruptedException {
        return run.await();
    }

    @Override
    public void close() {
        run.close();
    }
}
