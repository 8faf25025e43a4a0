package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.Value;
import io.etlkit.engine.DeadLetterPolicy.Original;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** Dead letters in a box, and pipelines that keep theirs there. */
abstract class ReplayFixture extends PipelineFixture {
    static final Instant SENT = Instant.parse("2026-01-02T03:04:05.678Z");
    static final Instant FAILED = SENT.plusSeconds(60);
    static final Instant NOW = SENT.plusSeconds(3600);

    final FakeDeadLetterStore box = new FakeDeadLetterStore();
    final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void everythingWasClosed() {
        assertThat(box.open).hasValue(0);
    }

    static List<EtlRecord> refuseOne(EtlRecord record) {
        if (FakeTransform.field(record, "n").equals(Value.of(1))) {
            throw new RejectedException("refused_again", "as planned");
        }
        return List.of(record);
    }

    final RunReport replay(PipelineBuilder pipeline, ReplaySelection selection) throws InterruptedException {
        return replay(pipeline, clear(), selection);
    }

    final RunReport replay(PipelineBuilder pipeline, DeadLetterPolicy policy, ReplaySelection selection)
            throws InterruptedException {
        RunReport report =
                withLetters(pipeline, policy).build().replay(selection).await();
        assertThat(report.inFlight()).isZero();
        return report;
    }

    final PipelineBuilder withLetters(PipelineBuilder pipeline, DeadLetterPolicy policy) {
        return pipeline.deadLetters(box.factory(), new FakeDeadLetterStore.Config(), policy)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static DeadLetterPolicy clear() {
        return DeadLetterPolicy.builder().original(Original.CLEAR).build();
    }

    static Clear clear(String body) {
        return new Clear(Value.of(body), Map.of("sentAt", Value.of(SENT), "receiveCount", Value.of(2)));
    }

    static RecordKey key(String id, int second) {
        return new RecordKey(id, SENT.plusSeconds(second));
    }

    static DeadLetter letter(String id, int second, DeadLetter.Original original) {
        return letter(id, second, "first_reason", original);
    }

    static DeadLetter letter(String id, int second, String reason, DeadLetter.Original original) {
        return new DeadLetter(
                "test",
                key(id, second),
                Stage.TRANSFORM,
                Optional.of("transforms[0].mask"),
                Rejection.of(reason, "as planned"),
                3,
                FAILED,
                original);
    }
}
