package io.etlkit.engine.internal.write;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.engine.internal.retry.Retrier;
import java.util.List;

/** Writes the same batch again while the sink fails transiently. */
public final class RetryingSink implements Sink {
    private final Sink delegate;
    private final String label;
    private final Retrier retrier;

    public RetryingSink(Sink delegate, String label, Retrier retrier) {
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
