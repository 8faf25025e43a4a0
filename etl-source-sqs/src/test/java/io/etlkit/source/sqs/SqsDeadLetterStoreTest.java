package io.etlkit.source.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.StartupException;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.testkit.DeadLetterStoreContract;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SqsExtension.class)
class SqsDeadLetterStoreTest extends DeadLetterStoreContract {
    private TestQueue queue;

    @BeforeEach
    void takeQueue(TestQueue own) {
        queue = own;
    }

    @Override
    protected DeadLetterSink openSink(TestContext context) {
        return SqsPlugin.deadLetters().create(DeadLetterQueues.config(queue), context);
    }

    @Override
    protected DeadLetterStore openStore(TestContext context) {
        return SqsPlugin.deadLetters().open(DeadLetterQueues.config(queue), context);
    }

    /** As base64, and with the rest of the letter, within the 256 KiB of the server. */
    @Override
    protected int largestOriginal() {
        return 190 * 1024;
    }

    private void write(TestQueue to, int letters, int originalBytes) throws InterruptedException {
        try (DeadLetterSink sink = DeadLetterQueues.sink(DeadLetterQueues.config(to))) {
            sink.write(DeadLetterQueues.letters(letters, new Sealed(new byte[originalBytes])));
        }
    }

    private static List<StoredDeadLetter> all(DeadLetterStore store, int max) throws InterruptedException {
        List<StoredDeadLetter> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            DeadLetterStore.Page page = store.list(next, max);
            all.addAll(page.letters());
            next = page.next();
        } while (next.isPresent());
        return all;
    }

    @Test
    void hidesWhatItHoldsAndShowsItAgainWhenItIsClosed() throws InterruptedException {
        write(queue, 15, 10);
        try (DeadLetterStore store = openStore(TestContext.defaults())) {
            store.remove(store.list(Optional.empty(), 5).letters());

            assertThat(queue.inFlight()).isEqualTo(10);
        }
        assertThat(queue.inFlight()).isZero();
        assertThat(queue.visible()).isEqualTo(10);
    }

    @Test
    void showsWhatIsNoneOfItsLettersToOthersAtOnce() throws InterruptedException {
        queue.send("no JSON", "{\"pipeline\":\"test\"}");
        try (DeadLetterSink sink = openSink(TestContext.defaults())) {
            sink.write(List.of(
                    DeadLetterQueues.letter("m1", new Omitted()),
                    DeadLetterQueues.letter("another", "m1", new Omitted())));
        }
        try (DeadLetterStore store = openStore(TestContext.defaults())) {
            assertThat(all(store, 10)).hasSize(1);

            assertThat(queue.visible()).isEqualTo(3);
            try (DeadLetterStore other = openStore(TestContext.defaults().withPipeline("another"))) {
                assertThat(other.find(Set.of("m1"))).hasSize(1);
            }
        }
    }

    @Test
    void hasTheQueueHandOutAgainWhatThereIsNoRoomFor() throws InterruptedException {
        write(queue, 30, 1000);
        SqsDeadLetterStore.Limits room = new SqsDeadLetterStore.Limits(5_000, 1_000);
        try (DeadLetterStore store =
                SqsDeadLetterStore.start(DeadLetterQueues.config(queue), TestContext.defaults(), room)) {
            List<StoredDeadLetter> read = all(store, 7);

            assertThat(read)
                    .extracting(stored -> stored.letter().key().id())
                    .hasSize(30)
                    .doesNotHaveDuplicates();
            assertThat(read)
                    .allSatisfy(stored -> assertThat(((Sealed) stored.letter().original()).length())
                            .isEqualTo(1000));
            assertThat(queue.visible()).as("fetched, and hidden again").isZero();
            assertThat(store.remove(read)).isEqualTo(30);
        }
        assertThat(queue.depth()).isZero();
    }

    @Test
    void holdsNoMoreThanItsLimitAndFindsTheOthersNextTime() throws InterruptedException {
        write(queue, 45, 10);
        SqsDeadLetterStore.Limits few = new SqsDeadLetterStore.Limits(5_000, 20);
        try (DeadLetterStore store =
                SqsDeadLetterStore.start(DeadLetterQueues.config(queue), TestContext.defaults(), few)) {
            int removed = 0;
            for (List<StoredDeadLetter> some = all(store, 100); !some.isEmpty(); some = all(store, 100)) {
                assertThat(some).hasSizeLessThan(30);
                removed += store.remove(some);
            }
            assertThat(removed).isEqualTo(45);
        }
        assertThat(queue.depth()).isZero();
    }

    @Test
    void removesAllMessagesOfALetter() throws InterruptedException {
        for (int time = 0; time < 3; time++) {
            write(queue, 2, time);
        }
        try (DeadLetterStore store = openStore(TestContext.defaults())) {
            List<StoredDeadLetter> read = store.find(Set.of("m1"));

            assertThat(((Sealed) read.get(0).letter().original()).length()).isEqualTo(2);
            assertThat(store.remove(read)).isEqualTo(1);
        }
        assertThat(queue.depth()).isEqualTo(3);
    }

    @Test
    void readsAndRemovesOnAFifoQueue(@QueueSettings(fifo = true) TestQueue fifo) throws InterruptedException {
        for (int time = 0; time < 3; time++) {
            write(fifo, 12, time);
        }
        SqsDeadLetterStore.Limits noRoom = new SqsDeadLetterStore.Limits(0, 1_000);
        try (DeadLetterStore store =
                SqsDeadLetterStore.start(DeadLetterQueues.config(fifo), TestContext.defaults(), noRoom)) {
            List<StoredDeadLetter> read = all(store, 5);

            assertThat(read)
                    .hasSize(12)
                    .allSatisfy(stored -> assertThat(((Sealed) stored.letter().original()).length())
                            .isEqualTo(2));
            assertThat(store.remove(read.subList(0, 7))).isEqualTo(7);
        }
        assertThat(fifo.depth()).isEqualTo(5 * 3);
        assertThat(fifo.inFlight()).isZero();
    }

    @Test
    void saysThatThereIsNoQueue() {
        SqsDeadLetterConfig missing = DeadLetterQueues.config("no-such-queue", queue.endpoint());

        assertThatThrownBy(() -> DeadLetterQueues.store(missing))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("there is no SQS queue no-such-queue in us-east-1 at " + queue.endpoint())
                .hasMessageEndingWith("; make it, or mend the dead-letter sink's queue, region or endpoint");
    }
}
