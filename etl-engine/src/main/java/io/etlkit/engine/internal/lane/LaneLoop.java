package io.etlkit.engine.internal.lane;

import io.etlkit.api.Source;
import io.etlkit.engine.internal.batch.Batch;
import io.etlkit.engine.internal.decode.Decoder;
import io.etlkit.engine.internal.failure.FailureDescription;
import io.etlkit.engine.internal.failure.StoppedWhileRetryingException;
import io.etlkit.engine.internal.pii.PersonalDataGuard;
import io.etlkit.engine.internal.retry.Retrier;
import io.etlkit.engine.internal.run.IdleDetector;
import io.etlkit.engine.internal.run.RunState;
import io.etlkit.engine.internal.settings.PipelineSettings;
import io.etlkit.engine.internal.settle.DeadLetterWriter;
import io.etlkit.engine.internal.settle.RejectHandler;
import io.etlkit.engine.internal.settle.ReleaseDelay;
import io.etlkit.engine.internal.settle.Settler;
import io.etlkit.engine.internal.transform.TransformChain;
import io.etlkit.engine.internal.write.BatchWriter;
import io.etlkit.engine.internal.write.MappingCheck;
import io.etlkit.engine.internal.write.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane does again and again, until the run is over. Used by its lane's thread.
 *
 * <ol>
 *   <li>Collect a batch from the source.
 *   <li>Decode, transform and guard each delivery.
 *   <li>Write what is left to the sink, and settle what is durable.
 *   <li>Keep what was rejected as dead letters, or do whatever else the pipeline asks.
 *   <li>Settle these too.
 *   <li>Where one of an ordered group was rejected: do the same with the later ones of that group, from the write on.
 * </ol>
 */
final class LaneLoop {
    private static final Logger log = LoggerFactory.getLogger("io.etlkit.engine.Pipeline");

    private final int lane;
    private final RunState run;
    private final Source source;
    private final String sourceLabel;
    private final Retrier retrier;
    private final BatchCollector collector;
    private final TransformChain chain;
    private final BatchWriter writer;
    private final Settler settler;
    private final RejectHandler rejects;
    private final LaneMetrics metrics;
    private final AtomicBoolean aborted;
    private long nextQuestion;

    LaneLoop(
            int lane,
            PipelineSettings settings,
            LanePlugins plugins,
            Retrier retrier,
            RunState run,
            AtomicBoolean aborted) {
        this.aborted = aborted;
        this.lane = lane;
        this.run = run;
        this.nextQuestion = run.ticker().nanos();
        this.source = plugins.source();
        this.sourceLabel = settings.source().label();
        this.retrier = retrier;
        this.metrics = LaneMetrics.of(settings);
        this.collector = new BatchCollector(lane, source, settings, retrier, run);
        this.chain = new TransformChain(
                plugins.deadLetterFormat(),
                new Decoder(settings.decode()),
                plugins.steps(),
                new PersonalDataGuard(settings.pii(), LanePlugins.configuredFields(settings)));
        String sinkLabel = settings.sink().label();
        this.writer = new BatchWriter(
                plugins.sink(),
                sinkLabel,
                retrier,
                metrics.write(),
                settings.ticker(),
                settings.replay() ? MappingCheck.none() : MappingCheck.of(sinkLabel));
        this.settler = new Settler(source, sourceLabel, retrier, run.counters());
        this.rejects = new RejectHandler(
                settings.onReject(),
                plugins.deadLetters()
                        .map(sink -> new DeadLetterWriter(
                                sink,
                                settings.deadLetters().orElseThrow().label(),
                                plugins.cipher(),
                                settings,
                                retrier)),
                new ReleaseDelay(() -> ThreadLocalRandom.current().nextDouble()),
                settler);
    }

    /** Works until the run is over. */
    void run() throws InterruptedException {
        while (!run.isOver()) {
            Batch batch = new Batch();
            try {
                process(batch);
            } catch (StoppedWhileRetryingException stopped) {
                giveBack(batch);
                return;
            } catch (InterruptedException | RuntimeException failure) {
                if (!aborted.get()) {
                    throw failure;
                }
                giveBack(batch);
                return;
            } finally {
                // Empty unless this lane fails: then what it held is left to lapse.
                settler.leaveToLapse(batch);
            }
        }
    }

    private void process(Batch batch) throws InterruptedException {
        collector.fill(batch);
        if (batch.isEmpty()) {
            endIfIdle();
            return;
        }
        metrics.batchSize().record(batch.size());
        transform(batch);
        do {
            write(batch);
            rejects.handle(batch);
        } while (batch.nextRound());
        batch.assertClosed();
        run.idleDetector().settled(lane);
    }

    private void transform(Batch batch) throws InterruptedException {
        long start = run.ticker().nanos();
        chain.apply(batch);
        metrics.transform().record(Duration.ofNanos(run.ticker().nanos() - start));
    }

    /** What is durable is settled, whatever becomes of the rest. */
    private void write(Batch batch) throws InterruptedException {
        WriteOutcome outcome = new WriteOutcome();
        try {
            writer.write(batch, outcome);
        } finally {
            clearAbort();
            batch.rejectBySink(outcome.rejected());
            settler.settleWritten(batch, outcome);
        }
    }

    private void giveBack(Batch batch) {
        clearAbort();
        try {
            settler.releaseAll(batch);
        } catch (InterruptedException | RuntimeException failure) {
            // The run ends and they lapse in any case; giving them back only makes it sooner.
            log.info("what was in flight could not be given back: {}", FailureDescription.brief(failure));
        }
    }

    /** The interrupt has done its work; settling is not to stumble over it. */
    private void clearAbort() {
        if (aborted.get()) {
            boolean ignored = Thread.interrupted();
        }
    }

    private void endIfIdle() throws InterruptedException {
        long now = run.ticker().nanos();
        if (now - nextQuestion < 0) {
            return;
        }
        Optional<IdleDetector.Ticket> ticket = run.idleDetector().question();
        if (ticket.isPresent()) {
            nextQuestion = now + run.idleDetector().betweenQuestions().toNanos();
            if (retrier.call(sourceLabel, source::drained) && run.idleDetector().drained(lane, ticket.get())) {
                run.stop("no record came for a while, and the source has nothing left");
            }
        }
    }
}
