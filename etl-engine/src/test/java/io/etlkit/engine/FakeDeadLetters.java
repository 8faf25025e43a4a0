package io.etlkit.engine;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeadLetterSinkFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Dead letters in memory, shared by all lanes. */
final class FakeDeadLetters {
    record Config() {}

    final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    final AtomicInteger closed = new AtomicInteger();

    /** Looks at letters before they are kept; throws to refuse them. */
    Writer before = letters -> {};

    interface Writer {
        void look(List<DeadLetter> letters) throws InterruptedException;
    }

    DeadLetterSinkFactory<Config> factory() {
        return DeadLetterSinkFactory.of(
                "fake", "Dead letters in memory.", Config.class, (config, context) -> new Lane());
    }

    private final class Lane implements DeadLetterSink {
        @Override
        public void write(List<DeadLetter> batch) throws InterruptedException {
            before.look(batch);
            letters.addAll(batch);
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
