package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplayTest extends ReplayFixture {
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
                pipeline().transform(FakeTransform.of("step", ReplayFixture::refuseOne), new FakeTransform.Config()),
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

        replay(
                pipeline()
                        .lanes(3)
                        .batch(BatchConfig.builder()
                                .maxRecords(5)
                                .maxWait(java.time.Duration.ofSeconds(30))
                                .build()),
                ReplaySelection.all());

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
            await("it holds").until(() -> run.state() == PipelineRun.State.HOLDING);
            run.stop();
            assertThat(run.await().released()).isEqualTo(1);
        }
        assertThat(box.ids()).containsExactly("m1");
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

    private static int number(EtlRecord record) {
        return Integer.parseInt(record.key().id().substring(1));
    }

    private static Clear inGroup(String body, String sequence) {
        Map<String, Value> headers = new LinkedHashMap<>(clear(body).headers());
        headers.put("groupId", Value.of("g"));
        headers.put("sequenceNumber", Value.of(sequence));
        return new Clear(Value.of(body), headers);
    }
}
