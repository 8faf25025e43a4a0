package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.PipelineRun;
import io.etlkit.engine.PipelineRun.State;
import io.etlkit.engine.RunReport;

/** A pipeline that runs in this JVM while something fails around it. */
final class InJvmDrill implements AutoCloseable {
    private final Site site;
    private final PipelineRun run;

    private InJvmDrill(Site site, PipelineRun run) {
        this.site = site;
        this.run = run;
    }

    /** Starts the pipeline, and waits until it polls. */
    static InJvmDrill start(Site site) {
        return start(site, LoginPipeline.on(site));
    }

    static InJvmDrill start(Site site, PipelineBuilder pipeline) {
        InJvmDrill drill = startUnready(site, pipeline);
        site.awaitPolling();
        return drill;
    }

    /** Starts it where something that it waits for is missing. */
    static InJvmDrill startUnready(Site site, PipelineBuilder pipeline) {
        return new InJvmDrill(site, pipeline.build().start());
    }

    PipelineRun run() {
        return run;
    }

    void awaitState(State state) {
        await("the pipeline is " + state).atMost(Site.PATIENCE).until(() -> run.state() == state);
    }

    /** Lets it come to the end of the queue, stops it, and closes the books. */
    RunReport finish(Logins sent) throws InterruptedException {
        await("the queue is empty; it is " + run.state())
                .atMost(Site.PATIENCE)
                .until(() -> site.queue().deleted() == sent.messages().size());
        run.stop();
        RunReport report = run.await();
        assertThat(report.failure()).isEmpty();
        assertThat(report.received())
                .isEqualTo(report.written() + report.duplicate() + report.deadLettered() + report.released());
        assertThat(report.deadLettered()).isEqualTo(sent.bad());
        Books.assertBalanced(site, sent);
        return report;
    }

    @Override
    public void close() {
        run.close();
    }
}
