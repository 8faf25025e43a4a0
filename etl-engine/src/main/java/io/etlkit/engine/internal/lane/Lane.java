package io.etlkit.engine.internal.lane;

import io.etlkit.api.EtlException;
import io.etlkit.api.StartupException;
import io.etlkit.engine.internal.failure.FailureDescription;
import io.etlkit.engine.internal.failure.FatalException;
import io.etlkit.engine.internal.failure.StoppedWhileRetryingException;
import io.etlkit.engine.internal.retry.Retrier;
import io.etlkit.engine.internal.run.RunState;
import io.etlkit.engine.internal.settings.LanePluginMetrics;
import io.etlkit.engine.internal.settings.PipelineSettings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One lane's life: make the plugins, wait for the other lanes, work, close. Runs once, on a thread of its own. */
final class Lane implements Runnable {
    private static final Logger log = LoggerFactory.getLogger("io.etlkit.engine.Pipeline");

    private final int index;
    private final PipelineSettings settings;
    private final RunState run;
    private final CountDownLatch ended;
    private final Retrier retrier;
    private final PluginCloser closer = new PluginCloser(this::closeFailed);
    private final LanePluginMetrics pluginMetrics;
    private final AtomicBoolean aborted = new AtomicBoolean();

    Lane(int index, PipelineSettings settings, RunState run, CountDownLatch ended) {
        this.index = index;
        this.settings = settings;
        this.run = run;
        this.ended = ended;
        this.retrier = new Retrier(settings.retry(), settings.ticker(), run.stop(), run.backoffs());
        this.pluginMetrics = new LanePluginMetrics(settings.meterRegistry(), settings.name(), index);
    }

    @Override
    public void run() {
        // The thread is this lane's own and ends with it, so nothing has to be taken out again.
        MDC.put("pipeline", settings.name());
        MDC.put("lane", Integer.toString(index));
        try {
            live();
        } finally {
            ended.countDown();
            if (ended.getCount() == 0) {
                run.stop().give();
            }
        }
    }

    private void live() {
        try {
            LanePlugins plugins = make();
            run.awaitLanesMade();
            new LaneLoop(index, settings, plugins, retrier, run, aborted).run();
        } catch (StoppedWhileRetryingException stopped) {
            log.info("stopped while {}", stopped.getMessage());
        } catch (InterruptedException interrupted) {
            run.fail("lane " + index + " was interrupted");
        } catch (StartFailedException told) {
            // Nothing was polled, so there is nothing to give back.
        } catch (Throwable failure) {
            failed(failure);
        } finally {
            closer.closeAll();
            pluginMetrics.close();
        }
    }

    private LanePlugins make() throws InterruptedException {
        try {
            return new LanePlugins.Maker(settings, index, pluginMetrics, retrier, closer).make();
        } catch (StoppedWhileRetryingException stopped) {
            throw stopped;
        } catch (Throwable failure) {
            // Told before the other lanes are let go, so that none of them polls.
            failed(failure);
            throw new StartFailedException();
        } finally {
            run.laneMade();
        }
    }

    /**
     * Ends a hung call, from another thread: the lane is interrupted, and the sinks are closed under it. It then gives back
     * what it holds, which it needs its source for; {@link #abortSource} is for a lane that hangs even so.
     */
    void abort(Thread thread) {
        aborted.set(true);
        thread.interrupt();
        closer.close(PluginCloser.Role.SINK);
        closer.close(PluginCloser.Role.DEAD_LETTERS);
    }

    /** Ends a call that hangs in the source. */
    void abortSource(Thread thread) {
        thread.interrupt();
        closer.close(PluginCloser.Role.SOURCE);
    }

    private void failed(Throwable failure) {
        run.fail(FailureDescription.brief(failure));
        boolean messageTellsAll = failure instanceof StartupException
                || failure instanceof FatalException
                || failure instanceof EtlException;
        if (!messageTellsAll) {
            log.error("where it failed: {}", FailureDescription.full(failure));
        }
    }

    private void closeFailed(String label, RuntimeException failure) {
        // A source that fails to close may not have confirmed what it was told to settle.
        if (label.equals(settings.source().label())) {
            run.fail(label + " failed to close: " + FailureDescription.brief(failure));
        }
        log.warn("{} failed to close: {}", label, FailureDescription.full(failure));
    }

    /** The lane could not start, and that was told. */
    private static final class StartFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
