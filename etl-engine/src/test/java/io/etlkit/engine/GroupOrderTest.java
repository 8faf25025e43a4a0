package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectPolicy;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.api.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** FIFO: within a group nothing overtakes. {@code -Detl.test.seed=N} repeats one of the random runs. */
class GroupOrderTest extends PipelineFixture {
    private static final int RUNS = 300;

    private final List<String> events = new ArrayList<>();

    private EtlRecord add(FakeSource queue, String group, String fate) {
        int sequence = queue.waiting.size() + 1;
        return queue.add(
                "{\"fate\":\"" + fate + "\"}",
                Map.of("groupId", Value.of(group), "sequenceNumber", Value.of(Integer.toString(sequence))));
    }

    private void add(String group, String... fates) {
        for (String fate : fates) {
            add(source, group, fate);
        }
    }

    private static boolean isBad(EtlRecord record) {
        return FakeTransform.field(record, "fate").equals(Value.of("sink refuses"));
    }

    private static FakeTransform step() {
        return FakeTransform.of("step", record -> {
            Value fate = FakeTransform.field(record, "fate");
            if (fate.equals(Value.of("step rejects"))) {
                throw new RejectedException("refused", "as planned");
            }
            return fate.equals(Value.of("filtered")) ? List.of() : List.of(record);
        });
    }

    /** A table that keeps the order of events, and refuses by name where it may. */
    private static Sink table(List<String> events, boolean byName) {
        return new Sink() {
            @Override
            public WriteResult write(List<EtlRecord> batch) {
                Map<DeliveryId, Rejection> refused = new HashMap<>();
                batch.stream()
                        .filter(GroupOrderTest::isBad)
                        .forEach(record -> refused.put(record.delivery(), Rejection.of("refused", "by the table")));
                if (!refused.isEmpty() && (!byName || WriteResult.overtakes(batch, refused.keySet()))) {
                    throw new RejectedException("refused", "by the table");
                }
                Set<DeliveryId> written = batch.stream()
                        .map(EtlRecord::delivery)
                        .filter(delivery -> !refused.containsKey(delivery))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                written.forEach(delivery -> events.add("row " + delivery.value().substring(1)));
                return new WriteResult(written, Set.of(), refused);
            }

            @Override
            public void close() {}
        };
    }

    private void keepEvents() {
        sink.instead = table(events, false);
        deadLetters.before = letters -> letters.forEach(
                letter -> events.add("letter " + letter.key().id().substring(1)));
    }

    @Test
    void whatComesAfterAPoisonMessageAtAGroupsHeadIsWrittenWhenItsDeadLetterIsDurable() throws Exception {
        add("a", "sink refuses", "fine", "fine");
        add("b", "fine", "fine");
        keepEvents();
        RunReport report = run(pipelineWithDeadLetters());

        assertThat(report.failure()).isEmpty();
        assertThat(events).containsExactly("row 4", "row 5", "letter 1", "row 2", "row 3");
    }

    @Test
    void aGroupWithSeveralBadOnesKeepsItsOrderThroughout() throws Exception {
        add("a", "fine", "step rejects", "fine", "sink refuses", "sink refuses", "fine", "step rejects");
        keepEvents();
        RunReport report = run(pipelineWithDeadLetters().transform(step().step()));

        assertThat(report.deadLettered()).isEqualTo(4);
        assertThat(events).containsExactly("row 1", "letter 2", "row 3", "letter 4", "letter 5", "row 6", "letter 7");
    }

    @Test
    void aReleasedMessageTakesTheLaterOnesOfItsGroupWithIt() throws Exception {
        add("a", "fine", "sink refuses", "fine", "filtered", "step rejects", "fine");
        add("b", "fine");
        keepEvents();
        RunReport report = run(pipeline().onReject(RejectPolicy.RELEASE).transform(step().step()));

        assertThat(report.failure()).isEmpty();
        assertThat(events).containsExactly("row 1", "row 7");
        assertThat(source.done).containsOnlyKeys(new DeliveryId("d1"), new DeliveryId("d7"));
        assertThat(source.released)
                .hasSize(5)
                .allSatisfy((delivery, delay) -> assertThat(delay)
                        .isEqualTo(source.released.get(new DeliveryId("d2")))
                        .isPositive());
    }

    @Test
    void whereRejectionFailsThePipelineNothingLaterOfTheGroupIsWritten() throws Exception {
        add("a", "fine", "sink refuses", "fine");
        add("b", "fine");
        keepEvents();
        RunReport report = run(pipeline().onReject(RejectPolicy.FAIL));

        assertThat(report.failure()).isPresent();
        assertThat(events).containsExactly("row 1", "row 4");
        assertThat(source.inFlight).containsOnlyKeys(new DeliveryId("d2"), new DeliveryId("d3"));
    }

    @Test
    void aGroupOnAStandardQueueIsForFairnessAndHoldsNothingUp() throws Exception {
        source.add("{\"fate\":\"sink refuses\"}", Map.of("groupId", Value.of("a")));
        source.add("{\"fate\":\"fine\"}", Map.of("groupId", Value.of("a")));
        keepEvents();
        run(pipelineWithDeadLetters());

        assertThat(events).containsExactly("row 2", "letter 1");
    }

    @Test
    void aSinkThatWritesPastOneThatItRefusedIsFatal() throws Exception {
        add("a", "sink refuses", "fine");
        sink.instead = new Sink() {
            @Override
            public WriteResult write(List<EtlRecord> batch) {
                return new WriteResult(
                        Set.of(new DeliveryId("d2")),
                        Set.of(),
                        Map.of(new DeliveryId("d1"), Rejection.of("refused", "by name")));
            }

            @Override
            public void close() {}
        };
        RunReport report = run(pipelineWithDeadLetters());

        assertThat(report.failure())
                .contains(
                        "sink fake: it refused a record by name and wrote later ones of the same group, which breaks the"
                                + " queue's order; this is a bug of that plugin");
        assertThat(deadLetters.letters).isEmpty();
    }

    @Test
    void nothingOvertakesWithinItsGroupWhateverIsRejected() throws Exception {
        Long fixed = Long.getLong("etl.test.seed");
        if (fixed != null) {
            new RandomGroups(fixed).runAndCheck();
            return;
        }
        for (int i = 0; i < RUNS; i++) {
            long seed = new Random().nextLong();
            try {
                new RandomGroups(seed).runAndCheck();
            } catch (AssertionError failure) {
                throw new AssertionError("with -Detl.test.seed=" + seed + ": " + failure.getMessage(), failure);
            }
        }
    }

    /** One batch of a few groups, some of whose messages are rejected. */
    private final class RandomGroups {
        private final List<String> events = new ArrayList<>();
        private final FakeSource queue = new FakeSource();
        private final FakeDeadLetters letters = new FakeDeadLetters();
        private final Map<Integer, String> fates = new TreeMap<>();
        private final Map<String, List<Integer>> groups = new TreeMap<>();
        private final RejectPolicy policy;
        private final boolean byName;

        RandomGroups(long seed) {
            Random random = new Random(seed);
            List<RejectPolicy> policies = List.of(RejectPolicy.values());
            policy = policies.get(random.nextInt(policies.size()));
            byName = random.nextBoolean();
            List<String> all = List.of("fine", "fine", "fine", "fine", "filtered", "step rejects", "sink refuses");
            int count = 1 + random.nextInt(40);
            int groupCount = 1 + random.nextInt(5);
            for (int n = 1; n <= count; n++) {
                String group = "g" + random.nextInt(groupCount);
                fates.put(n, all.get(random.nextInt(all.size())));
                groups.computeIfAbsent(group, name -> new ArrayList<>()).add(n);
                add(queue, group, fates.get(n));
            }
        }

        void runAndCheck() throws InterruptedException {
            FakeSink sinks = new FakeSink();
            sinks.instead = table(events, byName);
            letters.before = some -> some.forEach(
                    letter -> events.add("letter " + letter.key().id().substring(1)));
            RunReport report = run(pipelineWithDeadLetters()
                    .source(queue.factory(), new FakeSource.Config())
                    .sink(sinks.factory(), new FakeSink.Config())
                    .deadLetters(letters.factory(), new FakeDeadLetters.Config(), omit())
                    .transform(step().step())
                    .onReject(policy)
                    .untilIdle(Duration.ofNanos(1)));

            assertThat(queue.errors).isEmpty();
            assertThat(report.received()).isEqualTo(fates.size());
            groups.values().forEach(this::check);
        }

        private void check(List<Integer> group) {
            List<Integer> durable = events.stream()
                    .map(event -> Integer.parseInt(event.substring(event.indexOf(' ') + 1)))
                    .filter(group::contains)
                    .toList();
            assertThat(durable).as("in order").isSorted();
            boolean allGo = policy == RejectPolicy.DEAD_LETTER || policy == RejectPolicy.DROP;
            List<Integer> expected = new ArrayList<>();
            boolean stopped = false;
            for (int n : group) {
                boolean bad = isRejected(n);
                stopped |= bad && !allGo;
                if (!stopped && !fates.get(n).equals("filtered") && !(bad && policy == RejectPolicy.DROP)) {
                    expected.add(n);
                }
                assertThat(queue.done.containsKey(new DeliveryId("d" + n)))
                        .as("%s is done", n)
                        .isEqualTo(!stopped);
            }
            assertThat(durable).as("durable, under %s", policy).isEqualTo(expected);
            if (policy == RejectPolicy.RELEASE) {
                assertThatNoneComesBackBefore(group);
            }
        }

        private boolean isRejected(int n) {
            return fates.get(n).equals("step rejects") || fates.get(n).equals("sink refuses");
        }

        private void assertThatNoneComesBackBefore(List<Integer> group) {
            assertThat(group.stream()
                            .map(n -> queue.released.get(new DeliveryId("d" + n)))
                            .filter(Objects::nonNull)
                            .toList())
                    .isSorted();
        }
    }
}
