package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.StartupException;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.Value;
import io.etlkit.engine.DeadLetterPolicy.Original;
import io.etlkit.engine.ReplayRun.Skip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayTest extends PipelineFixture {
    private static final Instant SENT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant FAILED = SENT.plusSeconds(60);
    private static final Instant NOW = SENT.plusSeconds(3600);
    private static final String SECRET = "203.0.113.9";

    private final FakeLetterBox box = new FakeLetterBox();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void everythingWasClosed() {
        assertThat(box.open).hasValue(0);
    }

    @Test
    void whatSucceedsIsWrittenUnderItsOldKeyAndRemoved() throws Exception {
        box.put(letter("m1", 1, clear("{\"n\":1}")));
        box.put(letter("m2", 2, clear("{\"n\":2}")));
        List<EtlRecord> seen = new CopyOnWriteArrayList<>();
        sink.before = seen::addAll;

        RunReport report = replay(pipeline(), ReplaySelection.all());

        assertThat(report.received()).isEqualTo(2);
        assertThat(report.written()).isEqualTo(2);
        assertThat(seen).extracting(EtlRecord::key).containsExactly(key("m1", 1), key("m2", 2));
        assertThat(seen.get(0).headers())
                .containsEntry("sentAt", Value.of(SENT))
                .containsEntry("receiveCount", Value.of(4));
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void whatWasWrittenAlreadyIsADuplicateAndRemoved() throws Exception {
        box.put(letter("m1", 1, clear("{\"n\":1}")));
        sink.ledger.add("m1");

        RunReport report = replay(pipeline(), ReplaySelection.all());

        assertThat(report.duplicate()).isEqualTo(1);
        assertThat(sink.rows).isEmpty();
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void whatIsRejectedAgainStaysWithTheNewReason() throws Exception {
        box.put(letter("bad", 1, clear("{\"n\":1}")));
        box.put(letter("good", 2, clear("{\"n\":2}")));

        RunReport report = replay(
                pipeline().transform(FakeTransform.of("step", ReplayTest::refuseOne), new FakeTransform.Config()),
                ReplaySelection.all());

        assertThat(report.written()).isEqualTo(1);
        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(box.letters()).singleElement().satisfies(stored -> {
            assertThat(stored.letter().key()).isEqualTo(key("bad", 1));
            assertThat(stored.letter().rejection().reason()).isEqualTo("refused_again");
            assertThat(stored.letter().attempts()).isEqualTo(4);
            assertThat(stored.letter().failedAt()).isEqualTo(NOW);
            assertThat(stored.firstFailedAt()).isEqualTo(FAILED);
            assertThat(stored.letter().original())
                    .isInstanceOfSatisfying(
                            Clear.class, kept -> assertThat(kept.body()).isEqualTo(Value.of("{\"n\":1}")));
        });
    }

    @Test
    void lettersThatFailAgainAreNotTriedForEver() throws Exception {
        box.pageSize = 3;
        IntStream.range(0, 20).forEach(number -> box.put(letter("m" + number, number, clear("no JSON"))));

        RunReport report = replay(pipeline(), ReplaySelection.all());

        assertThat(report.received()).isEqualTo(20);
        assertThat(report.deadLettered()).isEqualTo(20);
        assertThat(box.letters()).hasSize(20);
    }

    @Test
    void goesThroughAllPagesOldestFirst() throws Exception {
        box.pageSize = 7;
        List<String> bodies =
                IntStream.range(0, 50).mapToObj(n -> "{\"n\":" + n + "}").toList();
        for (int number = 49; number >= 0; number--) {
            box.put(letter("m" + number, number, clear(bodies.get(number))));
        }

        replay(pipeline().lanes(3).batch(new BatchConfig(5, java.time.Duration.ofSeconds(30))), ReplaySelection.all());

        assertThat(sink.rows)
                .extracting(
                        row -> ((io.etlkit.api.value.ObjectValue) row).get("n").orElseThrow())
                .isEqualTo(IntStream.range(0, 50).mapToObj(Value::of).toList());
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void messagesOfOneGroupAndMomentComeInTheOrderOfTheirNumbers() throws Exception {
        box.pageSize = 2;
        List<String> ids = List.of("d", "b", "a", "c", "e");
        for (int number = 0; number < ids.size(); number++) {
            box.put(letter(ids.get(number), 0, inGroup("{\"n\":" + number + "}", Integer.toString(98 + number))));
        }
        box.put(letter("later", 1, inGroup("{\"n\":9}", "1")));
        box.put(letter("earlier", -1, inGroup("{\"n\":-1}", "2")));
        List<String> seen = new CopyOnWriteArrayList<>();
        sink.before = batch -> batch.forEach(record -> seen.add(record.key().id()));

        replay(pipeline(), ReplaySelection.all());

        assertThat(seen).startsWith("earlier").endsWith("later");
        assertThat(seen.subList(1, 3)).isSubsetOf("a", "b").hasSize(2);
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void aGroupThatFitsAPageIsInOrderWhereverThePageEnds() throws Exception {
        box.pageSize = 4;
        box.put(letter("x", -2, clear("{\"n\":0}")));
        box.put(letter("y", -1, clear("{\"n\":0}")));
        List<String> ids = List.of("d", "b", "a", "c");
        for (int number = 0; number < ids.size(); number++) {
            box.put(letter(ids.get(number), 0, inGroup("{\"n\":" + number + "}", Integer.toString(98 + number))));
        }
        List<String> seen = new CopyOnWriteArrayList<>();
        sink.before = batch -> batch.forEach(record -> seen.add(record.key().id()));

        replay(pipeline(), ReplaySelection.all());

        assertThat(seen).containsExactly("x", "y", "d", "b", "a", "c");
    }

    @Test
    void aCrashBetweenWriteAndRemovalCostsNoSecondRow() throws Exception {
        box.put(letter("m1", 1, clear("{\"n\":1}")));
        box.put(letter("m2", 2, clear("{\"n\":2}")));
        box.before = () -> {
            if (!sink.rows.isEmpty()) {
                throw new IllegalStateException("killed");
            }
        };

        RunReport killed = replay(pipeline(), ReplaySelection.all());

        assertThat(killed.failure()).isPresent();
        assertThat(sink.rows).hasSize(2);
        assertThat(box.letters()).hasSize(2);

        box.before = () -> {};
        RunReport again = replay(pipeline(), ReplaySelection.all());

        assertThat(again.duplicate()).isEqualTo(2);
        assertThat(sink.rows).hasSize(2);
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void aRemovalWhoseAnswerWasLostIsMadeAgain() throws Exception {
        box.put(letter("m1", 1, clear("{\"n\":1}")));
        List<String> calls = new ArrayList<>();
        box.afterRemoval = () -> {
            calls.add("removed");
            if (calls.size() == 1) {
                throw new TransientException("the connection was lost");
            }
        };

        RunReport report = replay(pipeline(), ReplaySelection.all());

        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(1);
        assertThat(calls).hasSize(2);
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void aLetterThatIsWrittenAgainMeanwhileStays() throws Exception {
        box.put(letter("m1", 1, clear("{\"n\":1}")));
        sink.before = batch -> box.put(letter("m1", 1, clear("{\"n\":1}")));

        RunReport report = replay(pipeline(), ReplaySelection.all());

        assertThat(report.written()).isEqualTo(1);
        assertThat(box.ids()).containsExactly("m1");
    }

    @Test
    void whatIsGivenBackAtAStopStays() throws Exception {
        box.put(letter("m1", 1, clear("{\"n\":1}")));
        Pipeline pipeline = withLetters(pipeline(), clear()).build();
        sink.before = batch -> {
            throw new TransientException("away");
        };
        try (ReplayRun run = pipeline.replay(ReplaySelection.all())) {
            Eventually.eventually("it holds", () -> run.state() == PipelineRun.State.HOLDING);
            run.stop();
            assertThat(run.await().released()).isEqualTo(1);
        }
        assertThat(box.ids()).containsExactly("m1");
    }

    @Test
    void sealedOriginalsAreOpenedWithTheKeyset() throws Exception {
        box.put(letter("m1", 1, new Sealed("test:m1:{\"n\":1}".getBytes(StandardCharsets.UTF_8))));

        RunReport report = replay(
                pipeline()
                        .sealerProvider(new FakeSeals(told))
                        .baseDirectory(Path.of("base"))
                        .transform(new FakeTransform(
                                        "mask",
                                        List::of,
                                        io.etlkit.api.FieldEffects.none(),
                                        Optional.of("keys/pii.json"))
                                .step()),
                DeadLetterPolicy.defaults(),
                ReplaySelection.all());

        assertThat(report.written()).isEqualTo(1);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "sealer of keys/pii.json in base", "unsealer of keys/pii.json in base", "closed", "closed");
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void whatCanNotBeOpenedStaysAndIsCounted() throws Exception {
        box.put(letter("omitted", 1, new Omitted()));
        box.put(letter("changed", 2, new Sealed("test:other:{}".getBytes(StandardCharsets.UTF_8))));
        box.put(letter("good", 3, new Sealed("test:good:{\"n\":1}".getBytes(StandardCharsets.UTF_8))));
        Pipeline pipeline = withLetters(
                        pipeline().sealerProvider(new FakeSeals(told)),
                        new DeadLetterPolicy(Original.SEAL, Optional.of("keys/pii.json")))
                .build();

        try (ReplayRun run = pipeline.replay(ReplaySelection.all())) {
            assertThat(run.await().received()).isEqualTo(1);
            assertThat(run.skipped()).isEqualTo(Map.of(Skip.OMITTED, 1L, Skip.CHANGED, 1L));
        }
        assertThat(box.ids()).containsExactly("omitted", "changed");
    }

    @Test
    void withoutAKeysetSealedLettersStay() throws Exception {
        box.put(letter("m1", 1, new Sealed(new byte[] {1})));
        try (ReplayRun run = withLetters(pipeline(), omit()).build().replay(ReplaySelection.all())) {
            assertThat(run.await().received()).isZero();
            assertThat(run.skipped()).isEqualTo(Map.of(Skip.NO_KEYSET, 1L));
        }
        assertThat(box.ids()).containsExactly("m1");
    }

    @Test
    void selectsByIdAndReason() throws Exception {
        box.put(letter("m1", 1, clear("{\"n\":1}")));
        box.put(letter("m2", 2, clear("{\"n\":2}")));
        box.put(letter("m3", 3, "other_reason", clear("{\"n\":3}")));
        Pipeline pipeline = withLetters(pipeline(), clear()).build();
        try (ReplayRun run = pipeline.replay(
                new ReplaySelection(Set.of("m1", "nowhere"), Optional.empty(), OptionalLong.empty(), false))) {
            assertThat(run.await().written()).isEqualTo(1);
            assertThat(run.missing()).containsExactly("nowhere");
        }
        assertThat(box.ids()).containsExactly("m2", "m3");

        replay(pipeline(), new ReplaySelection(Set.of(), Optional.of("other_reason"), OptionalLong.empty(), false));
        assertThat(box.ids()).containsExactly("m2");
    }

    @Test
    void aLimitLeavesTheRest() throws Exception {
        IntStream.range(0, 9).forEach(number -> box.put(letter("m" + number, number, clear("{\"n\":1}"))));

        RunReport report =
                replay(pipeline(), new ReplaySelection(Set.of(), Optional.empty(), OptionalLong.of(4), false));

        assertThat(report.received()).isEqualTo(4);
        assertThat(box.ids()).containsExactly("m4", "m5", "m6", "m7", "m8");
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        box.put(letter("bad", 1, clear("{\"n\":1}")));
        box.put(letter("good", 2, clear("{\"n\":2}")));
        List<StoredDeadLetter> before = box.letters();

        RunReport report = replay(
                pipeline().transform(FakeTransform.of("step", ReplayTest::refuseOne), new FakeTransform.Config()),
                new ReplaySelection(Set.of(), Optional.empty(), OptionalLong.empty(), true));

        assertThat(report.written()).isEqualTo(1);
        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(sink.writes).hasValue(0);
        assertThat(box.letters()).isEqualTo(before);
    }

    @Test
    void thatManyAreRefusedAgainDoesNotEndTheReplay() throws Exception {
        IntStream.range(0, 400).forEach(number -> box.put(letter("m" + number, number, clear("{\"n\":1}"))));
        sink.before = batch -> {
            if (batch.stream().anyMatch(record -> number(record) % 2 == 0)) {
                throw new RejectedException("too_long", "is too long");
            }
        };

        RunReport report = replay(pipeline(), ReplaySelection.all());

        assertThat(report.failure()).isEmpty();
        assertThat(report.written()).isEqualTo(200);
        assertThat(report.deadLettered()).isEqualTo(200);
        assertThat(box.letters()).hasSize(200);
    }

    @Test
    void anOutageOfTheStoreIsWaitedFor() throws Exception {
        box.put(letter("m1", 1, clear("{\"n\":1}")));
        List<String> calls = new CopyOnWriteArrayList<>();
        box.before = () -> {
            calls.add("call");
            if (calls.size() % 2 == 1) {
                throw new TransientException("away");
            }
        };

        assertThat(replay(pipeline(), ReplaySelection.all()).written()).isEqualTo(1);
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void aPipelineWithoutDeadLettersCanNotReplay() {
        assertThatThrownBy(() -> pipeline().build().replay(ReplaySelection.all()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("keeps no dead letters");
        assertThatThrownBy(() -> withLetters(pipeline(), omit())
                        .onReject(RejectPolicy.FAIL)
                        .build()
                        .openDeadLetters())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("onReject");
    }

    @Test
    void aSinkThatCanNotBeReadBackSaysSo() throws Exception {
        Pipeline pipeline = pipelineWithDeadLetters().build();
        assertThatThrownBy(pipeline::openDeadLetters)
                .isInstanceOf(StartupException.class)
                .hasMessage("the dead-letter sink \"fake\" can not be read back: it keeps letters for other programs to"
                        + " read");
        RunReport report = pipeline.replay(ReplaySelection.all()).await();
        assertThat(report.failure().orElseThrow()).contains("can not be read back");
    }

    @Test
    void opensTheLettersOutsideARun() throws Exception {
        box.put(letter("m1", 1, clear("{\"ip\":\"" + SECRET + "\"}")));
        try (var store = withLetters(pipeline(), clear()).build().openDeadLetters()) {
            assertThat(store.list(Optional.empty(), 10).letters()).hasSize(1);
            assertThat(store.list(Optional.empty(), 10).toString()).doesNotContain(SECRET);
        }
    }

    private static List<EtlRecord> refuseOne(EtlRecord record) {
        if (FakeTransform.field(record, "n").equals(Value.of(1))) {
            throw new RejectedException("refused_again", "as planned");
        }
        return List.of(record);
    }

    private static int number(EtlRecord record) {
        return Integer.parseInt(record.key().id().substring(1));
    }

    private RunReport replay(PipelineBuilder pipeline, ReplaySelection selection) throws InterruptedException {
        return replay(pipeline, clear(), selection);
    }

    private RunReport replay(PipelineBuilder pipeline, DeadLetterPolicy policy, ReplaySelection selection)
            throws InterruptedException {
        RunReport report =
                withLetters(pipeline, policy).build().replay(selection).await();
        assertThat(report.inFlight()).isZero();
        return report;
    }

    private PipelineBuilder withLetters(PipelineBuilder pipeline, DeadLetterPolicy policy) {
        return pipeline.deadLetters(box.factory(), new FakeLetterBox.Config(), policy)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static DeadLetterPolicy clear() {
        return new DeadLetterPolicy(Original.CLEAR, Optional.empty());
    }

    private static RecordKey key(String id, int second) {
        return new RecordKey(id, SENT.plusSeconds(second));
    }

    private static Clear clear(String body) {
        return new Clear(Value.of(body), Map.of("sentAt", Value.of(SENT), "receiveCount", Value.of(2)));
    }

    private static Clear inGroup(String body, String sequence) {
        Map<String, Value> headers = new LinkedHashMap<>(clear(body).headers());
        headers.put("groupId", Value.of("g"));
        headers.put("sequenceNumber", Value.of(sequence));
        return new Clear(Value.of(body), headers);
    }

    private static DeadLetter letter(String id, int second, DeadLetter.Original original) {
        return letter(id, second, "first_reason", original);
    }

    private static DeadLetter letter(String id, int second, String reason, DeadLetter.Original original) {
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
