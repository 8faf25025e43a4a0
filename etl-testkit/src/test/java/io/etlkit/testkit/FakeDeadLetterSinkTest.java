package io.etlkit.testkit;

import io.etlkit.api.DeadLetterSink;
import java.util.Map;
import java.util.stream.Collectors;

/** The fake keeps the contract, and so shows that the contract can be kept. */
class FakeDeadLetterSinkTest extends DeadLetterSinkContract {
    private final FakeDeadLetterSink sink = new FakeDeadLetterSink();

    @Override
    protected DeadLetterSink open(TestContext context) {
        return sink.factory().create(new NoConfig(), context);
    }

    @Override
    protected Map<String, String> reasons() {
        return sink.letters().stream()
                .collect(Collectors.toMap(
                        letter -> letter.key().id(),
                        letter -> letter.rejection().reason()));
    }
}
