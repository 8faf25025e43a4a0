package io.etlkit.source.sqs;

import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.PluginContext;
import io.etlkit.api.RecordKey;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.TransientException;
import io.etlkit.source.sqs.SqsApi.EntryFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads and removes the dead letters of a queue. A queue can not be looked at, only received from: the store takes all letters
 * of its pipeline, keeps them hidden while it is open, and shows them again when it is closed. It remembers where they are,
 * some 1,000 bytes each, and what they say as far as there is room; for the others it has the queue hand them out once more,
 * a page at a time.
 */
final class SqsDeadLetterStore implements DeadLetterStore {
    private static final long PAGE_CHARACTERS = 16L * 1024 * 1024;
    private static final long MOST_CHARACTERS = 64L * 1024 * 1024;

    /** SQS hides 120,000 messages of a queue at the most. */
    private static final long MOST_MESSAGES = 100_000;

    private static final int HEAP_SHARE = 8;
    private static final int MESSAGE_BYTES = 1_500;

    private final LetterQueue queue;
    private final HeldLetters held;
    private final LetterCalls calls;
    private final LetterIntake intake;
    private final ReentrantLock inUse = new ReentrantLock();
    private volatile boolean closed;

    /** What a store holds at the most. */
    record Limits(long characters, int messages) {
        static Limits ofHeap(long bytes) {
            long share = bytes / HEAP_SHARE;
            return new Limits(
                    Math.min(MOST_CHARACTERS, share),
                    Math.toIntExact(Math.min(MOST_MESSAGES, Math.max(1_000, share / MESSAGE_BYTES))));
        }
    }

    private SqsDeadLetterStore(LetterQueue queue, String pipeline, Limits limits) {
        this.queue = queue;
        this.held = new HeldLetters(limits.characters());
        this.calls = new LetterCalls(queue);
        this.intake = new LetterIntake(queue, calls, held, pipeline, limits.messages(), System::nanoTime);
    }

    /** Finds the queue. */
    static SqsDeadLetterStore start(SqsDeadLetterConfig config, PluginContext context) {
        return start(config, context, Limits.ofHeap(Runtime.getRuntime().maxMemory()));
    }

    static SqsDeadLetterStore start(SqsDeadLetterConfig config, PluginContext context, Limits limits) {
        return new SqsDeadLetterStore(
                LetterQueue.open(config, QueueUse.DEAD_LETTER_STORE, context), context.pipeline(), limits);
    }

    @Override
    public Page list(Optional<String> after, int max) throws InterruptedException {
        return call(() -> {
            intake.takeAll(after.isEmpty() ? LetterQueue.LONG_POLL : Duration.ZERO);
            Iterator<RecordKey> keys =
                    held.keysAfter(after.map(SqsDeadLetterStore::position)).iterator();
            List<RecordKey> page = new ArrayList<>();
            long characters = 0;
            while (keys.hasNext() && page.size() < max && characters < PAGE_CHARACTERS) {
                RecordKey key = keys.next();
                page.add(key);
                characters += held.last(key).map(HeldMessage::size).orElse(0);
            }
            Optional<String> next =
                    keys.hasNext() ? Optional.of(position(page.get(page.size() - 1))) : Optional.empty();
            return new Page(letters(page), next);
        });
    }

    private static String position(RecordKey key) {
        return key.since() + " " + key.id();
    }

    private static RecordKey position(String text) {
        int end = text.indexOf(' ');
        return new RecordKey(text.substring(end + 1), Instant.parse(text.substring(0, end)));
    }

    @Override
    public List<StoredDeadLetter> find(Set<String> messageIds) throws InterruptedException {
        return call(() -> {
            intake.takeAll(LetterQueue.LONG_POLL);
            return letters(held.keysOf(messageIds));
        });
    }

    private List<StoredDeadLetter> letters(List<RecordKey> keys) throws InterruptedException {
        Map<String, String> bodies = new HashMap<>();
        List<HeldMessage> lacking = new ArrayList<>();
        for (RecordKey key : keys) {
            HeldMessage message = held.last(key).orElseThrow();
            message.body().ifPresentOrElse(body -> bodies.put(message.id(), body), () -> lacking.add(message));
        }
        bodies.putAll(intake.fetch(lacking));
        return keys.stream().flatMap(key -> letter(key, bodies).stream()).toList();
    }

    /** Of a letter that was written again at this very moment it may be the message before; empty when it has been taken away. */
    private Optional<StoredDeadLetter> letter(RecordKey key, Map<String, String> bodies) {
        return held.copies(key).stream()
                .flatMap(message -> Optional.ofNullable(bodies.get(message.id()))
                        .or(message::body)
                        .flatMap(LetterIntake::read)
                        .map(letter -> new StoredDeadLetter(letter, held.firstFailedAt(key), message.id()))
                        .stream())
                .reduce((before, after) -> after);
    }

    /** Older messages of a letter go first: whatever happens in between, the one that counts is there or nothing is. */
    @Override
    public int remove(List<StoredDeadLetter> letters) throws InterruptedException {
        if (letters.isEmpty()) {
            return 0;
        }
        return call(() -> {
            intake.takeAll(Duration.ZERO);
            Set<HeldMessage> unchanged = new LinkedHashSet<>();
            letters.forEach(stored -> held.last(stored.letter().key())
                    .filter(last -> last.id().equals(stored.version()))
                    .ifPresent(unchanged::add));
            delete(unchanged.stream()
                    .flatMap(last -> held.copies(last.key()).stream().filter(copy -> copy != last))
                    .toList());
            delete(unchanged);
            return unchanged.size();
        });
    }

    /** A receipt that is no longer good was that of a message that showed itself: it comes again. */
    private void delete(Collection<HeldMessage> messages) throws InterruptedException {
        Map<String, EntryFailure> failures = calls.delete(LetterIntake.receipts(messages));
        for (HeldMessage message : messages) {
            EntryFailure failure = failures.get(message.receipt());
            if (failure == null || failure.senderFault()) {
                held.forget(message);
            }
        }
        failures.values().stream().findFirst().ifPresent(failure -> {
            throw new TransientException(queue.name() + ": DeleteMessageBatch failed for " + failures.size() + " of "
                    + messages.size() + " messages: " + failure.code());
        });
    }

    private <T> T call(Work<T> work) throws InterruptedException {
        inUse.lock();
        try {
            if (closed) {
                throw new TransientException(queue.name() + ": it is closed");
            }
            intake.renew();
            return work.run();
        } catch (SqsFailure failure) {
            throw queue.held(failure);
        } finally {
            inUse.unlock();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws InterruptedException;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        boolean idle = inUse.tryLock();
        if (!idle) {
            // Ends the call that is under way, so that what it holds can be let go of.
            queue.abort();
            inUse.lock();
        }
        try {
            if (!closed) {
                closed = true;
                intake.release();
            }
        } finally {
            inUse.unlock();
            queue.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
