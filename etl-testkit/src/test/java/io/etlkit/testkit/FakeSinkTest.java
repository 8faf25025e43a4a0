package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.Rejection;
import io.etlkit.api.Sink;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.ObjectValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract, and so shows that the contract can be kept. */
class FakeSinkTest extends SinkContract {
    private final FakeSink table = new FakeSink();

    FakeSinkTest() {
        table.refuse(record -> ((ObjectValue) record.body()).has("bad")
                ? Optional.of(Rejection.of("bad_record", "it is bad"))
                : Optional.empty());
    }

    @Override
    protected Sink open(TestContext context) {
        return table.factory().create(new NoConfig(), context);
    }

    @Override
    protected String body(int number) {
        return "{\"number\":" + number + "}";
    }

    @Override
    protected long stored() {
        return table.records().size();
    }

    @Override
    protected Optional<String> refusedBody() {
        return Optional.of("{\"bad\":\"secret\"}");
    }

    @Test
    void showsWhatWasWritten() throws InterruptedException {
        try (Sink sink = table.open()) {
            sink.write(List.of(TestRecords.json("m", "{\"a\": 1}")));
        }
        assertThat(table.bodies()).containsExactly("{\"a\":1}");
    }

    @Test
    void failsAsATestAsks() {
        table.beforeWrite(batch -> {
            throw new TransientException("down");
        });
        try (Sink sink = table.open()) {
            assertThatThrownBy(() -> sink.write(List.of(TestRecords.json("m", "{}"))))
                    .isInstanceOf(TransientException.class);
        }
        assertThat(table.records()).isEmpty();
    }
}
