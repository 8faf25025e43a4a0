package io.etlkit.engine.internal;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import java.util.List;

/** Writes the same batch again while the sink fails transiently. */
final class RetryingSink implements Sink {
    private final Sink delegate;
    private final String label;
    private final Retrier retrier;

    RetryingSink(Sink delegate, String label, Retrier retrier) {
        this.delegate = delegate;
        this.label = label;
        this.retrier = retrier;
    }

    @Override
    public WriteResult write(List<EtlRecord> batch) throws InterruptedException {
        return retrier.call(label, () -> delegate.write(batch));
    }

    @Override
    public void close() {
        delegate.close();
    }
}
