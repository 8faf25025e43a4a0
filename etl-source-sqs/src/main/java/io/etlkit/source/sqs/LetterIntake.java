package io.etlkit.source.sqs;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.RejectedException;
import io.etlkit.json.DeadLetterJson;
import io.etlkit.json.JsonReader;
import io.etlkit.source.sqs.SqsApi.EntryFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Takes one pipeline's letters from a queue and keeps them hidden. Messages that are none of its letters are shown again when
 * a pass through the queue is over; before, they would come again and again. Used by one thread.
 */
final class LetterIntake {
    /** At the receive, whose answer may get lost. */
    private static final Duration HIDDEN_AT_FIRST = Duration.ofSeconds(30);

    /** For what has arrived; so long is a letter out of sight after a crash. */
    private static final Duration HIDDEN = Duration.ofMinutes(15);

    private static final Duration RENEWED_BEFORE = Duration.ofMinutes(10);
    private static final Duration END = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(LetterIntake.class);

    private final LetterQueue queue;
    private final LetterCalls calls;
    private final HeldLetters held;
    private final String pipeline;
    private final int mostMessages;
    private final LongSupplier nanos;

    /**
     * Makes an intake; receives nothing yet.
     *
     * @param mostMessages how many are held at the most
     * @param nanos a monotonic clock
     */
    LetterIntake(
            LetterQueue queue,
            LetterCalls calls,
            HeldLetters held,
            String pipeline,
            int mostMessages,
            LongSupplier nanos) {
        this.queue = queue;
        this.calls = calls;
        this.held = held;
        this.pipeline = pipeline;
        this.mostMessages = mostMessages;
        this.nanos = nanos;
    }

    /**
     * Goes through the queue until there is nothing more to be had.
     *
     * @param wait for how long the queue has to have nothing; a wait makes SQS look everywhere, no wait at some of its servers
     * @throws SqsFailure when a call failed; what was taken is kept
     */
    void takeAll(Duration wait) throws InterruptedException {
        pass(wait, new HashSet<>(), () -> held.size() >= mostMessages);
        if (wait.isZero()) {
            return;
        }
        if (held.size() >= mostMessages) {
            log.warn(
                    "the {} has more letters than the {} that are held at once; when these are done with, go through it again"
                            + " for the others",
                    queue.name(),
                    mostMessages);
        } else {
            warnOfHidden();
        }
    }

    private void warnOfHidden() throws InterruptedException {
        long hidden = Long.parseLong(
                queue.attributes().getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0"));
        if (hidden > held.size()) {
            log.warn(
                    "about {} messages of the {} are hidden and not shown here: somebody else reads them, or an answer was lost,"
                            + " or a reader crashed; look again when it is done, or in a quarter of an hour",
                    hidden - held.size(),
                    queue.name());
        }
    }

    /**
     * Has the queue hand out letters once more whose bodies there was no room for.
     *
     * @param lacking the messages, which are held
     * @return the bodies by the ids of their messages; what does not come has been taken by somebody else, and is forgotten
     * @throws SqsFailure when a call failed
     */
    Map<String, String> fetch(List<HeldMessage> lacking) throws InterruptedException {
        if (lacking.isEmpty()) {
            return Map.of();
        }
        calls.hide(receipts(lacking), Duration.ZERO);
        Set<String> away = lacking.stream().map(HeldMessage::id).collect(Collectors.toSet());
        Map<String, String> bodies = pass(LetterQueue.LONG_POLL, away, away::isEmpty);
        away.forEach(id -> held.message(id).ifPresent(held::forget));
        return bodies;
    }

    /** Takes what comes until it is enough; gives the bodies of those that are awaited, and takes them off. */
    private Map<String, String> pass(Duration wait, Set<String> awaited, BooleanSupplier enough)
            throws InterruptedException {
        Map<String, String> bodies = new HashMap<>();
        List<String> others = new ArrayList<>();
        try {
            while (!enough.getAsBoolean()) {
                List<Message> messages = calls.receive(HIDDEN_AT_FIRST, wait);
                if (messages.isEmpty()) {
                    break;
                }
                List<HeldMessage> letters = new ArrayList<>();
                for (Message message : messages) {
                    Optional<HeldMessage> letter = take(message);
                    letter.ifPresentOrElse(letters::add, () -> others.add(message.receiptHandle()));
                    if (awaited.remove(message.messageId())) {
                        bodies.put(message.messageId(), message.body());
                    }
                }
                hide(letters);
            }
        } finally {
            calls.showAtTheEnd(others, END);
        }
        return bodies;
    }

    private Optional<HeldMessage> take(Message message) {
        Optional<HeldMessage> known = held.message(message.messageId());
        known.ifPresent(again -> again.receivedAgain(message.receiptHandle()));
        return known.or(() -> read(message.body())
                .filter(letter -> letter.pipeline().equals(pipeline))
                .map(letter -> {
                    HeldMessage taken = new HeldMessage(
                            message.messageId(),
                            letter.key(),
                            sentAt(message).orElse(letter.failedAt()),
                            letter.failedAt(),
                            message.body().length(),
                            message.receiptHandle());
                    held.add(taken);
                    held.keepBody(taken, message.body());
                    return taken;
                }));
    }

    /** The letter of a message; empty when it holds none. */
    static Optional<DeadLetter> read(String body) {
        try {
            return DeadLetterJson.read(JsonReader.read(body));
        } catch (RejectedException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> sentAt(Message message) {
        return Optional.ofNullable(message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP))
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    /**
     * Hides anew what would show itself soon.
     *
     * @throws SqsFailure when a call failed
     */
    void renew() throws InterruptedException {
        long now = nanos.getAsLong();
        hide(held.messages().stream()
                .filter(message -> message.hiddenUntil() - now < RENEWED_BEFORE.toNanos())
                .toList());
    }

    /** What can not be hidden has shown itself already, and comes again. */
    private void hide(List<HeldMessage> messages) throws InterruptedException {
        long until = nanos.getAsLong() + HIDDEN.toNanos();
        Map<String, EntryFailure> failures = calls.hide(receipts(messages), HIDDEN);
        for (HeldMessage message : messages) {
            if (failures.containsKey(message.receipt())) {
                held.forget(message);
            } else {
                message.hideUntil(until);
            }
        }
    }

    /** Shows everything again. */
    void release() {
        calls.showAtTheEnd(receipts(held.messages()), END);
    }

    static List<String> receipts(Collection<HeldMessage> messages) {
        return messages.stream().map(HeldMessage::receipt).toList();
    }
}
