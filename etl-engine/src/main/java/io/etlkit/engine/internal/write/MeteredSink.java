package io.etlkit.engine.internal.write;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.engine.internal.retry.Ticker;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/** Measures how long each write takes, failed ones included. */
public final class MeteredSink implements Sink {
    private final Sink delegate;
    private final Timer timer;
    private final Ticker ticker;

    public MeteredSink(Sink delegate, Timer timer, Ticker ticker) {
        this.delegate = delegate;
        this.timer = timer;
        this.ticker = ticker;
    }

    @Override
    public WriteResult write(List<EtlRecord> batch) throws InterruptedException {
        long start = ticker.nanos();
        try {
            return delegate.write(batch);
        } finally {
            timer.record(Duration.ofNanos(ticker.nanos() - start));
        }
    }

    @Override
    public void close() {
        delegate.close();
    }
}
