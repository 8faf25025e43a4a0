package io.etlkit.source.sqs;

import io.etlkit.api.RecordKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The letters that a store has taken from its queue, by the keys of their messages. A letter that was written again is several
 * messages, of which the last one sent counts. Holds the bodies of as many as fit. Used by one thread.
 */
final class HeldLetters {
    private static final Comparator<RecordKey> OLDEST_FIRST =
            Comparator.comparing(RecordKey::since).thenComparing(RecordKey::id);
    private static final Comparator<HeldMessage> LAST_SENT =
            Comparator.comparing(HeldMessage::sentAt).thenComparing(HeldMessage::failedAt);

    private final NavigableMap<RecordKey, List<HeldMessage>> letters = new TreeMap<>(OLDEST_FIRST);
    private final Map<String, HeldMessage> messages = new HashMap<>();
    private final long mostCharacters;
    private long characters;

    /**
     * No letters.
     *
     * @param mostCharacters how much of the bodies is kept
     */
    HeldLetters(long mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /** How many messages there are. */
    int size() {
        return messages.size();
    }

    Collection<HeldMessage> messages() {
        return messages.values();
    }

    Optional<HeldMessage> message(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** Takes a message that is not here yet. */
    void add(HeldMessage message) {
        List<HeldMessage> copies = letters.computeIfAbsent(message.key(), key -> new ArrayList<>(1));
        int place = copies.size();
        while (place > 0 && LAST_SENT.compare(copies.get(place - 1), message) > 0) {
            place--;
        }
        copies.add(place, message);
        messages.put(message.id(), message);
        copies.subList(0, copies.size() - 1).forEach(this::dropBody);
    }

    /** Keeps a message's body if there is room for it. */
    void keepBody(HeldMessage message, String body) {
        if (characters + body.length() <= mostCharacters && message.body().isEmpty() && isLast(message)) {
            characters += body.length();
            message.keepBody(body);
        }
    }

    private boolean isLast(HeldMessage message) {
        return last(message.key()).filter(last -> last == message).isPresent();
    }

    private void dropBody(HeldMessage message) {
        characters -= message.body().map(String::length).orElse(0);
        message.dropBody();
    }

    /** Lets go of a message. */
    void forget(HeldMessage message) {
        if (messages.remove(message.id()) == null) {
            return;
        }
        dropBody(message);
        List<HeldMessage> copies = letters.getOrDefault(message.key(), List.of());
        copies.remove(message);
        if (copies.isEmpty()) {
            letters.remove(message.key());
        }
    }

    /** All messages of a letter, the one that counts last. */
    List<HeldMessage> copies(RecordKey key) {
        return List.copyOf(letters.getOrDefault(key, List.of()));
    }

    /** The message that counts. */
    Optional<HeldMessage> last(RecordKey key) {
        return Optional.ofNullable(letters.get(key)).map(copies -> copies.get(copies.size() - 1));
    }

    /** When a letter was first written. */
    Instant firstFailedAt(RecordKey key) {
        return copies(key).stream()
                .map(HeldMessage::failedAt)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** The keys behind one, oldest first; all of them where it is empty. */
    Collection<RecordKey> keysAfter(Optional<RecordKey> key) {
        return key.map(start -> letters.tailMap(start, false).keySet()).orElseGet(letters::keySet);
    }

    /** The keys of some messages' letters, oldest first. */
    List<RecordKey> keysOf(Set<String> messageIds) {
        return letters.keySet().stream()
                .filter(key -> messageIds.contains(key.id()))
                .toList();
    }

    @Override
    public String toString() {
        return "HeldLetters[" + messages.size() + " messages]";
    }
}
