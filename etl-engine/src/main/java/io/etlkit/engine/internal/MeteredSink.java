package io.etlkit.engine.internal;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/** Measures how long each write takes, failed ones included. */
final class MeteredSink implements Sink {
    private final Sink delegate;
    private final Timer timer;
    private final Time time;

    MeteredSink(Sink delegate, Timer timer, Time time) {
        this.delegate = delegate;
        this.timer = timer;
        this.time = time;
    }

    @Override
    public WriteResult write(List<EtlRecord> batch) throws InterruptedException {
        long start = time.nanos();
        try {
            return delegate.write(batch);
        } finally {
            timer.record(Duration.ofNanos(time.nanos() - start));
        }
    }

    @Override
    public void close() {
        delegate.close();
    }
}
