package io.etlkit.testkit;

import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterStore;

/** The fake keeps the contract, and so shows that the contract can be kept. */
class FakeDeadLetterStoreTest extends DeadLetterStoreContract {
    private final FakeDeadLetterSink sink = new FakeDeadLetterSink();

    @Override
    protected DeadLetterSink openSink(TestContext context) {
        return sink.factory().create(new NoConfig(), context);
    }

    @Override
    protected DeadLetterStore openStore(TestContext context) {
        return sink.factory().open(new NoConfig(), context);
    }
}
