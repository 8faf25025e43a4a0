package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Original;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Rejection;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@code etl dead-letters} relies on in every {@link DeadLetterStore}. A plugin's test extends it and inherits the tests.
 * Each test starts with an empty target.
 */
@Timeout(60)
public abstract class DeadLetterStoreContract {
    private static final String PIPELINE = "test";
    private static final int LARGE_ORIGINALS = 24 * 1024 * 1024;
    private static final Instant FAILED_AT = TestRecords.SENT_AT.plusSeconds(60);

    /** For subclasses. */
    protected DeadLetterStoreContract() {}

    /** Opens a dead-letter sink over the test's own, empty target; the contract closes it. */
    protected abstract DeadLetterSink openSink(TestContext context);

    /** Opens the store over the same target; the contract closes it. */
    protected abstract DeadLetterStore openStore(TestContext context);

    @Test
    void readsLettersAsTheyWereWritten() throws InterruptedException {
        List<DeadLetter> letters = List.of(
                letter("sealed", 0, new Sealed(new byte[] {0, 1, -1})),
                letter(
                        "clear",
                        1,
                        new Clear(
                                Value.of("{\"a\":\"\u00fc\n\0 \ud800\"}"),
                                Map.of(
                                        "sentAt", Value.of(TestRecords.SENT_AT),
                                        "receiveCount", Value.of(3),
                                        "attributes", Value.of(Map.of("raw", Value.of(new byte[] {1, -1})))))),
                new DeadLetter(
                        PIPELINE,
                        key("omitted", 2),
                        Stage.DECODE,
                        Optional.empty(),
                        Rejection.of("malformed_json", "no JSON"),
                        1,
                        FAILED_AT,
                        new Omitted()));
        write(letters);

        List<StoredDeadLetter> read = all(10);

        assertThat(read).extracting(StoredDeadLetter::firstFailedAt).containsOnly(FAILED_AT);
        assertThat(read.get(0).letter()).usingRecursiveComparison().isEqualTo(letters.get(0));
        assertThat(read.stream().skip(1).map(StoredDeadLetter::letter)).isEqualTo(letters.subList(1, letters.size()));
    }

    @Test
    void listsEachLetterOnceOldestMessageFirst() throws InterruptedException {
        List<DeadLetter> letters = new ArrayList<>(IntStream.range(0, 25)
                .mapToObj(number -> letter("m" + number, number, new Omitted()))
                .toList());
        Collections.shuffle(letters, new Random(7));
        write(letters);
        List<String> oldestFirst =
                IntStream.range(0, 25).mapToObj(number -> "m" + number).toList();

        assertThat(ids(all(1))).isEqualTo(oldestFirst);
        assertThat(ids(all(7))).isEqualTo(oldestFirst);
        assertThat(ids(all(25))).isEqualTo(oldestFirst);
        assertThat(ids(all(1000))).isEqualTo(oldestFirst);
    }

    @Test
    void listsAllOfManyMessagesOfOneMoment() throws InterruptedException {
        write(IntStream.range(0, 25)
                .mapToObj(number -> letter("m" + number, 0, new Omitted()))
                .toList());

        assertThat(ids(all(4))).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void anEmptyStoreListsNothing() throws InterruptedException {
        assertThat(all(10)).isEmpty();
        try (DeadLetterStore store = openStore(context())) {
            assertThat(store.find(Set.of("m1"))).isEmpty();
            assertThat(store.remove(List.of())).isZero();
        }
    }

    @Test
    void knowsOnePipelineOnly() throws InterruptedException {
        DeadLetter other = letter("m2", 1, new Omitted());
        write(List.of(
                letter("m1", 0, new Omitted()),
                new DeadLetter(
                        "another",
                        other.key(),
                        other.stage(),
                        other.step(),
                        other.rejection(),
                        other.attempts(),
                        other.failedAt(),
                        other.original())));

        assertThat(ids(all(10))).containsExactly("m1");
        try (DeadLetterStore store = openStore(context())) {
            assertThat(store.find(Set.of("m1", "m2"))).hasSize(1);
        }
    }

    @Test
    void findsLettersByTheIdsOfTheirMessages() throws InterruptedException {
        write(List.of(
                letter("m1", 2, new Omitted()),
                letter("m1", 0, new Omitted()),
                letter("m2", 1, new Omitted()),
                letter("m3", 3, new Omitted())));
        try (DeadLetterStore store = openStore(context())) {
            assertThat(store.find(Set.of("m1", "m3", "missing")))
                    .extracting(stored -> stored.letter().key())
                    .containsExactly(key("m1", 0), key("m1", 2), key("m3", 3));
        }
    }

    @Test
    void removesForGood() throws InterruptedException {
        write(List.of(letter("m1", 0, new Omitted()), letter("m2", 1, new Omitted()), letter("m3", 2, new Omitted())));
        try (DeadLetterStore store = openStore(context())) {
            List<StoredDeadLetter> read = store.list(Optional.empty(), 10).letters();

            assertThat(store.remove(List.of(read.get(0), read.get(2)))).isEqualTo(2);
            assertThat(store.remove(List.of(read.get(0)))).isZero();

            assertThat(store.find(Set.of("m1", "m2", "m3"))).hasSize(1);
        }
        assertThat(ids(all(10))).containsExactly("m2");
    }

    @Test
    void leavesALetterThatWasWrittenAgain() throws InterruptedException {
        write(List.of(letter("m1", 0, new Omitted()), letter("m2", 1, new Omitted())));
        try (DeadLetterStore store = openStore(context())) {
            List<StoredDeadLetter> read = store.list(Optional.empty(), 10).letters();
            write(List.of(again("m1", 0)));

            assertThat(store.remove(read)).isEqualTo(1);

            assertThat(store.find(Set.of("m1", "m2"))).singleElement().satisfies(stored -> {
                assertThat(stored.letter().rejection().reason()).isEqualTo("second_reason");
                assertThat(stored.letter().failedAt()).isEqualTo(FAILED_AT.plusSeconds(60));
                assertThat(stored.firstFailedAt()).isEqualTo(FAILED_AT);
                assertThat(store.remove(List.of(stored))).isEqualTo(1);
            });
        }
        assertThat(all(10)).isEmpty();
    }

    @Test
    void leavesALetterThatWasWrittenAgainJustAsItWas() throws InterruptedException {
        write(List.of(letter("m1", 0, new Omitted())));
        try (DeadLetterStore store = openStore(context())) {
            List<StoredDeadLetter> read = store.list(Optional.empty(), 10).letters();
            write(List.of(letter("m1", 0, new Omitted())));

            assertThat(store.remove(read)).isZero();
        }
        assertThat(ids(all(10))).containsExactly("m1");
    }

    @Test
    void aLetterWrittenAfterARemovalIsANewOne() throws InterruptedException {
        write(List.of(letter("m1", 0, new Omitted())));
        try (DeadLetterStore store = openStore(context())) {
            assertThat(store.remove(store.find(Set.of("m1")))).isEqualTo(1);
        }
        write(List.of(again("m1", 0)));

        assertThat(all(10))
                .singleElement()
                .satisfies(stored -> assertThat(stored.firstFailedAt()).isEqualTo(FAILED_AT.plusSeconds(60)));
    }

    @Test
    void aListingGoesOnWhileLettersComeAndGo() throws InterruptedException {
        write(IntStream.range(0, 20)
                .mapToObj(number -> letter("m" + number, number, new Omitted()))
                .toList());
        List<String> seen = new ArrayList<>();
        try (DeadLetterStore store = openStore(context())) {
            Optional<String> next = Optional.empty();
            do {
                DeadLetterStore.Page page = store.list(next, 4);
                seen.addAll(ids(page.letters()));
                write(page.letters().stream()
                        .map(stored -> again(
                                stored.letter().key().id(),
                                seen.indexOf(stored.letter().key().id())))
                        .limit(2)
                        .toList());
                store.remove(page.letters());
                next = page.next();
            } while (next.isPresent());
        }
        assertThat(seen)
                .isEqualTo(
                        IntStream.range(0, 20).mapToObj(number -> "m" + number).toList());
        assertThat(ids(all(100))).containsExactly("m0", "m1", "m4", "m5", "m8", "m9", "m12", "m13", "m16", "m17");
    }

    @Test
    void ofTwoThatRemoveALetterOneHasDoneIt() throws InterruptedException {
        write(List.of(letter("m1", 0, new Omitted())));
        try (DeadLetterStore one = openStore(context());
                DeadLetterStore other = openStore(context())) {
            List<StoredDeadLetter> read = one.find(Set.of("m1"));
            List<StoredDeadLetter> readByOther = other.find(Set.of("m1"));

            assertThat(one.remove(read)).isEqualTo(1);
            assertThat(other.remove(readByOther)).isZero();
        }
        assertThat(all(10)).isEmpty();
    }

    @Test
    void aPageOfLargeOriginalsFitsIntoMemory() throws InterruptedException {
        byte[] large = new byte[1024 * 1024];
        int letters = LARGE_ORIGINALS / large.length;
        try (DeadLetterSink sink = openSink(context())) {
            for (int number = 0; number < letters; number++) {
                sink.write(List.of(letter("m" + number, number, new Sealed(large))));
            }
        }
        Set<String> seen = new HashSet<>();
        try (DeadLetterStore store = openStore(context())) {
            Optional<String> next = Optional.empty();
            do {
                DeadLetterStore.Page page = store.list(next, letters);
                assertThat(page.letters().size()).isLessThan(letters);
                seen.addAll(ids(page.letters()));
                next = page.next();
            } while (next.isPresent());
        }
        assertThat(seen).hasSize(letters);
    }

    private void write(List<DeadLetter> letters) throws InterruptedException {
        try (DeadLetterSink sink = openSink(context())) {
            sink.write(letters);
        }
    }

    private List<StoredDeadLetter> all(int pageSize) throws InterruptedException {
        List<StoredDeadLetter> all = new ArrayList<>();
        try (DeadLetterStore store = openStore(context())) {
            Optional<String> next = Optional.empty();
            do {
                DeadLetterStore.Page page = store.list(next, pageSize);
                assertThat(page.letters()).hasSizeLessThanOrEqualTo(pageSize);
                all.addAll(page.letters());
                next = page.next();
            } while (next.isPresent());
        }
        return all;
    }

    private static TestContext context() {
        return TestContext.defaults().withPipeline(PIPELINE);
    }

    private static List<String> ids(List<StoredDeadLetter> letters) {
        return letters.stream().map(stored -> stored.letter().key().id()).toList();
    }

    private static RecordKey key(String id, int second) {
        return new RecordKey(id, TestRecords.SENT_AT.plusSeconds(second));
    }

    private static DeadLetter letter(String id, int second, Original original) {
        return letter(id, second, "first_reason", FAILED_AT, original);
    }

    private static DeadLetter again(String id, int second) {
        return letter(id, second, "second_reason", FAILED_AT.plusSeconds(60), new Omitted());
    }

    private static DeadLetter letter(String id, int second, String reason, Instant failedAt, Original original) {
        return new DeadLetter(
                PIPELINE,
                key(id, second),
                Stage.TRANSFORM,
                Optional.of("transforms[0].mask"),
                Rejection.of(reason, FieldPath.parse("device.ip"), "what is wrong, in a sentence"),
                3,
                failedAt,
                original);
    }
}
