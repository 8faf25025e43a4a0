package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.Sink;
import io.etlkit.api.TransientException;
import io.etlkit.api.WriteResult;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RejectionTest extends PipelineFixture {
    private static final String SECRET = "10.99.88.77";

    private static FakeTransform refuseBad() {
        return FakeTransform.of("check", record -> {
            if (FakeTransform.field(record, "bad").equals(Value.of(true))) {
                throw new RejectedException("is_bad", FieldPath.parse("bad"), "the field is bad");
            }
            return List.of(record);
        });
    }

    private void addGoodAndBad() {
        source.add("{\"n\":1}");
        source.add("{\"bad\":true}", Map.of("receiveCount", Value.of(3)));
        source.add("{\"n\":2}");
    }

    @Test
    void whatCanNotBeDecodedIsADeadLetter() throws Exception {
        source.add("{\"n\":1}");
        source.add("not JSON");
        source.add("[]");
        source.add("{\"a\":1,\"a\":2}");
        RunReport report = run(pipelineWithDeadLetters());

        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(1);
        assertThat(report.deadLettered()).isEqualTo(3);
        assertThat(deadLetters.letters)
                .extracting(letter -> letter.rejection().reason())
                .containsExactly("malformed_json", "not_an_object", "duplicate_field");
        assertThat(deadLetters.letters).allSatisfy(letter -> {
            assertThat(letter.stage()).isEqualTo(Stage.DECODE);
            assertThat(letter.step()).isEmpty();
            assertThat(letter.attempts()).isEqualTo(1);
        });
    }

    @Test
    void aDeadLetterTellsStepReasonFieldAttemptsAndTime() throws Exception {
        addGoodAndBad();
        Instant now = Instant.parse("2026-05-06T07:08:09Z");
        run(pipelineWithDeadLetters()
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .transform(FakeTransform.of("pass", List::of), new FakeTransform.Config())
                .transform(refuseBad(), new FakeTransform.Config()));

        assertThat(deadLetters.letters)
                .containsExactly(new DeadLetter(
                        "test",
                        new RecordKey("m2", FakeSource.SENT),
                        Stage.TRANSFORM,
                        Optional.of("transforms[1].check"),
                        Rejection.of("is_bad", FieldPath.parse("bad"), "the field is bad"),
                        3,
                        now,
                        new DeadLetter.Omitted()));
    }

    @Test
    void aStepsOwnLabelIsUsed() throws Exception {
        addGoodAndBad();
        run(pipelineWithDeadLetters().transform(refuseBad().step().label("no bad ones")));

        assertThat(deadLetters.letters).extracting(DeadLetter::step).containsExactly(Optional.of("no bad ones"));
    }

    @Test
    void anUnexpectedExceptionRejectsWithItsClassAndNotItsMessage() throws Exception {
        source.add("{\"ip\":\"" + SECRET + "\"}");
        run(pipelineWithDeadLetters()
                .transform(FakeTransform.of("broken", record -> {
                            throw new IllegalStateException("can not work with " + SECRET);
                        })
                        .step()));

        Rejection rejection = deadLetters.letters.get(0).rejection();
        assertThat(rejection.reason()).isEqualTo("transform_failed");
        assertThat(rejection.message()).isEqualTo("the step failed with java.lang.IllegalStateException");
    }

    @Test
    void aStepThatChangesTheDeliveryOrAnswersNullIsRejected() throws Exception {
        source.addNumbered(2);
        AtomicInteger calls = new AtomicInteger();
        run(pipelineWithDeadLetters()
                .transform(FakeTransform.of(
                                "broken",
                                record -> calls.getAndIncrement() == 0
                                        ? List.of(new EtlRecord(
                                                new DeliveryId("other"), record.key(), record.body(), record.headers()))
                                        : null)
                        .step()));

        assertThat(deadLetters.letters)
                .extracting(letter -> letter.rejection().message())
                .containsExactly(
                        "the step changed the record's delivery or key",
                        "the step failed with java.lang.NullPointerException");
    }

    @Test
    void aConditionThatCanNotBeEvaluatedRejects() throws Exception {
        source.addNumbered(1);
        run(pipelineWithDeadLetters()
                .transform(FakeTransform.of("any", List::of).step().when(FakeTransform.when(record -> {
                    throw new RejectedException("expression_failed", "no such key, at 1:6");
                }))));

        assertThat(deadLetters.letters)
                .extracting(letter -> letter.rejection().reason())
                .containsExactly("expression_failed");
    }

    @Test
    void aDeliveryThatWasSplitFailsAsAWhole() throws Exception {
        source.addNumbered(3);
        RunReport report = run(pipelineWithDeadLetters()
                .transform(FakeTransform.of(
                                "split", record -> List.of(record, FakeTransform.with(record, "copy", Value.of(true))))
                        .step())
                .transform(FakeTransform.of("check", record -> {
                            if (FakeTransform.field(record, "n").equals(Value.of(1))
                                    && FakeTransform.field(record, "copy").equals(Value.of(true))) {
                                throw new RejectedException("is_bad", "one of its copies is bad");
                            }
                            return List.of(record);
                        })
                        .step()));

        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(report.written()).isEqualTo(2);
        assertThat(report.rows()).isEqualTo(4);
        assertThat(sink.rows).noneMatch(row -> FieldPath.parse("n").find(row).equals(Optional.of(Value.of(1))));
    }

    @Test
    void deadLettersAreDurableBeforeTheirDeliveryIsSettled() throws Exception {
        addGoodAndBad();
        List<Integer> doneAtWrite = new ArrayList<>();
        deadLetters.before = letters -> {
            doneAtWrite.add(source.done.size());
            assertThat(source.inFlight).containsKey(new DeliveryId("d2"));
        };
        RunReport report = run(pipelineWithDeadLetters().transform(refuseBad().step()));

        assertThat(report.failure()).isEmpty();
        assertThat(doneAtWrite)
                .as("the good ones do not wait for the dead letters")
                .containsExactly(2);
        assertThat(source.done).hasSize(3);
    }

    @Test
    void releaseGivesBackWithADelayThatGrows() throws Exception {
        addGoodAndBad();
        RunReport report = run(
                pipeline().onReject(RejectPolicy.RELEASE).transform(refuseBad().step()));

        assertThat(report.failure()).isEmpty();
        assertThat(report.released()).isEqualTo(1);
        assertThat(source.released.get(new DeliveryId("d2"))).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void dropCountsAndForgets() throws Exception {
        addGoodAndBad();
        RunReport report =
                run(pipeline().onReject(RejectPolicy.DROP).transform(refuseBad().step()));

        assertThat(report.failure()).isEmpty();
        assertThat(report.dropped()).isEqualTo(1);
        assertThat(source.done).hasSize(3);
    }

    @Test
    void withoutDeadLettersTheFirstRejectedRecordEndsThePipeline() throws Exception {
        addGoodAndBad();
        RunReport report = run(pipeline().transform(refuseBad().step()));

        assertThat(report.failure())
                .contains(
                        "1 of a batch were rejected, and onReject is fail. The first, message m2: transforms[0].check:"
                                + " is_bad at bad: the field is bad");
        assertThat(report.written()).isEqualTo(2);
        assertThat(report.released()).as("left to lapse").isEqualTo(1);
        assertThat(source.inFlight).containsOnlyKeys(new DeliveryId("d2"));
    }

    @Test
    void aDeadLetterSinkThatIsDownIsWaitedFor() throws Exception {
        addGoodAndBad();
        AtomicInteger failures = new AtomicInteger(3);
        deadLetters.before = letters -> {
            if (failures.getAndDecrement() > 0) {
                throw new TransientException("the database is away");
            }
        };
        RunReport report = run(pipelineWithDeadLetters().transform(refuseBad().step()));

        assertThat(report.failure()).isEmpty();
        assertThat(report.deadLettered()).isEqualTo(1);
    }

    @Test
    void aDeadLetterSinkThatRefusesEndsThePipelineAndSettlesNothing() throws Exception {
        addGoodAndBad();
        deadLetters.before = letters -> {
            throw new RejectedException("too_long", "the reason does not fit");
        };
        RunReport report = run(pipelineWithDeadLetters().transform(refuseBad().step()));

        assertThat(report.failure())
                .contains("dead-letter sink fake refused 1 dead letters, which are left with the source: too_long: the"
                        + " reason does not fit");
        assertThat(source.inFlight).containsOnlyKeys(new DeliveryId("d2"));
        assertThat(source.done).hasSize(2);
    }

    @Test
    void whatTheSinkRefusesByNameIsADeadLetter() throws Exception {
        source.addNumbered(10);
        DeliveryId bad = new DeliveryId("d4");
        sink.instead = new Sink() {
            @Override
            public WriteResult write(List<EtlRecord> batch) {
                Set<DeliveryId> written = batch.stream()
                        .map(EtlRecord::delivery)
                        .filter(delivery -> !delivery.equals(bad))
                        .collect(Collectors.toSet());
                return new WriteResult(
                        written, Set.of(), Map.of(bad, Rejection.of("too_long", FieldPath.parse("n"), "too long")));
            }

            @Override
            public void close() {}
        };
        RunReport report = run(pipelineWithDeadLetters());

        assertThat(report.written()).isEqualTo(9);
        assertThat(report.rows()).isEqualTo(9);
        assertThat(deadLetters.letters).singleElement().satisfies(letter -> {
            assertThat(letter.stage()).isEqualTo(Stage.SINK);
            assertThat(letter.key().id()).isEqualTo("m4");
        });
    }

    @Test
    void originalsAreSealedWithTheFirstStepsKeyset() throws Exception {
        source.add("not JSON " + SECRET);
        List<String> opened = new ArrayList<>();
        run(pipeline()
                .deadLetters(deadLetters.factory(), new FakeDeadLetters.Config(), DeadLetterPolicy.defaults())
                .cipherProvider(new FakeSeals(opened))
                .baseDirectory(Path.of("base"))
                .transform(new FakeTransform(
                                "mask", List::of, io.etlkit.api.FieldEffects.none(), Optional.of("keys/pii.json"))
                        .step()));

        assertThat(opened).containsExactly("cipher of keys/pii.json in base", "can seal", "closed");
        assertThat(deadLetters.letters.get(0).original())
                .isInstanceOfSatisfying(
                        DeadLetter.Sealed.class,
                        kept -> assertThat(new String(kept.bytes(), StandardCharsets.UTF_8))
                                .isEqualTo("test:m1:not JSON " + SECRET));
    }

    @Test
    void withoutAKeysetTheOriginalIsLeftOut() throws Exception {
        source.add("not JSON");
        run(pipeline().deadLetters(deadLetters.factory(), new FakeDeadLetters.Config(), DeadLetterPolicy.defaults()));

        assertThat(deadLetters.letters).extracting(DeadLetter::original).containsExactly(new DeadLetter.Omitted());
    }

    @Test
    void anOriginalIsKeptInTheClearWhenAskedFor() throws Exception {
        source.add("not JSON");
        run(pipeline()
                .deadLetters(
                        deadLetters.factory(),
                        new FakeDeadLetters.Config(),
                        DeadLetterPolicy.builder()
                                .original(DeadLetterPolicy.Original.CLEAR)
                                .build()));

        assertThat(deadLetters.letters)
                .extracting(DeadLetter::original)
                .containsExactly(new DeadLetter.Clear(Value.of("not JSON"), Map.of("messageId", Value.of("m1"))));
    }
}
