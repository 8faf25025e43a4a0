package io.etlkit.engine.internal.lane;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Source;
import io.etlkit.api.TransientException;
import io.etlkit.engine.BatchConfig;
import io.etlkit.engine.internal.batch.Batch;
import io.etlkit.engine.internal.failure.FatalException;
import io.etlkit.engine.internal.retry.Retrier;
import io.etlkit.engine.internal.retry.Ticker;
import io.etlkit.engine.internal.run.RunState;
import io.etlkit.engine.internal.settings.PipelineSettings;
import java.time.Duration;
import java.util.List;

/** Polls until a batch is full or old enough. Used by its lane's thread. */
final class BatchCollector {
    /** How long an idle poll lasts: short, so that a stop is noticed without interrupting the source. */
    static final Duration LONGEST_IDLE_POLL = Duration.ofMillis(100);

    private final int lane;
    private final Source source;
    private final String label;
    private final BatchConfig config;
    private final Duration idlePoll;
    private final Retrier retrier;
    private final RunState run;

    BatchCollector(int lane, Source source, PipelineSettings settings, Retrier retrier, RunState run) {
        this.lane = lane;
        this.source = source;
        this.label = settings.source().label();
        this.config = settings.batch();
        this.idlePoll = settings.untilIdle()
                .map(idle -> idle.dividedBy(4))
                .filter(quarter -> quarter.compareTo(LONGEST_IDLE_POLL) < 0)
                .orElse(LONGEST_IDLE_POLL);
        this.retrier = retrier;
        this.run = run;
    }

    /** Fills a batch; it stays empty when there is nothing now. What was polled is in it even when this throws. */
    void fill(Batch batch) throws InterruptedException {
        poll(batch, idlePoll, true);
        if (batch.isEmpty()) {
            return;
        }
        Ticker ticker = run.ticker();
        long deadline = ticker.nanos() + config.maxWait().toNanos();
        while (!isFull(batch) && !run.stop().given()) {
            long left = deadline - ticker.nanos();
            if (left <= 0 || !poll(batch, Duration.ofNanos(left), false)) {
                return;
            }
        }
    }

    private boolean isFull(Batch batch) {
        return batch.size() >= config.maxRecords() || batch.characters() >= config.maxCharacters();
    }

    /** Polls once; false when the batch should go on as it is. */
    private boolean poll(Batch batch, Duration longest, boolean holdIfTransient) throws InterruptedException {
        int share = run.recordLimit().take(config.maxRecords() - batch.size(), longest);
        if (share == 0) {
            return false;
        }
        int before = batch.size();
        try {
            Retrier.Call<List<EtlRecord>> call = () -> source.poll(share, longest);
            add(batch, share, holdIfTransient ? retrier.call(label, call) : Retrier.attempt(label, call));
            return true;
        } catch (RejectedException refused) {
            throw new FatalException(label + " can not hand over records: " + refused.getMessage());
        } catch (TransientException failure) {
            // What has come is not to wait for the source; the next batch's first poll holds if it must.
            return false;
        } finally {
            int came = batch.size() - before;
            run.recordLimit().giveBack(share, came);
            if (came > 0) {
                run.counters().received(came);
                run.idleDetector().arrived(lane);
            }
        }
    }

    private void add(Batch batch, int asked, List<EtlRecord> polled) {
        polled.forEach(batch::add);
        if (polled.size() > asked) {
            throw new FatalException(label + " handed over " + polled.size() + " records when asked for at most "
                    + asked + "; this is a bug of that plugin");
        }
    }
}
