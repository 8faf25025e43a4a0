package io.etlkit.sink.file;

import io.etlkit.api.RecordKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The places of one pipeline's current dead letters in a file: the last line of each key, unless a later line removes it.
 * Keeps only the keys in memory, about 250 bytes for each dead letter. Used by one thread.
 */
final class DeadLetterIndex {
    private static final Comparator<Entry> OLDEST_FIRST =
            Comparator.comparing((Entry entry) -> entry.key().since()).thenComparing(Entry::offset);

    private final String pipeline;
    private final Map<RecordKey, Entry> entries = new HashMap<>();
    private Optional<String> identity = Optional.empty();
    private long end;

    /**
     * The place of a dead letter.
     *
     * @param key the message's key
     * @param offset the offset of its line
     * @param version the line's version
     * @param firstFailedAt when its message was first rejected
     */
    record Entry(RecordKey key, long offset, String version, Instant firstFailedAt) {}

    DeadLetterIndex(String pipeline) {
        this.pipeline = pipeline;
    }

    /** Reads what was appended since the last time, or the whole file when it is another one. */
    void refresh(Path file) throws IOException {
        if (!isTheSame(file)) {
            entries.clear();
            end = 0;
        }
        if (identity.isEmpty()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            LineScanner lines = new LineScanner(channel, end);
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                long offset = lines.start();
                DeadLetterLine.read(line.get())
                        .filter(each -> each.pipeline().equals(pipeline))
                        .ifPresent(each -> add(each, offset));
            }
            end = lines.start();
        }
    }

    private boolean isTheSame(Path file) throws IOException {
        Optional<String> before = identity;
        long size = 0;
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            identity = Optional.of(String.valueOf(attributes.fileKey()));
            size = attributes.size();
        } catch (NoSuchFileException missing) {
            identity = Optional.empty();
        }
        return identity.equals(before) && size >= end;
    }

    private void add(DeadLetterLine line, long offset) {
        Optional<Entry> before = Optional.ofNullable(entries.get(line.key()));
        if (line.removed().isPresent()) {
            if (before.isPresent()
                    && before.get().version().equals(line.removed().get())) {
                entries.remove(line.key());
            }
            return;
        }
        Instant first = before.map(Entry::firstFailedAt).orElseGet(line::failedAt);
        entries.put(line.key(), new Entry(line.key(), offset, line.version(), first));
    }

    /** Whether this is the current version of a dead letter. */
    boolean holds(RecordKey key, String version) {
        Entry entry = entries.get(key);
        return entry != null && entry.version().equals(version);
    }

    /** All current dead letters, oldest message first; with the same time, in the order of the file. */
    List<Entry> oldestFirst() {
        return sorted(entries.values());
    }

    /** The current dead letters of some messages. */
    List<Entry> of(Collection<String> messageIds) {
        return sorted(entries.values().stream()
                .filter(entry -> messageIds.contains(entry.key().id()))
                .toList());
    }

    private static List<Entry> sorted(Collection<Entry> entries) {
        return entries.stream().sorted(OLDEST_FIRST).toList();
    }

    @Override
    public String toString() {
        return "DeadLetterIndex[" + pipeline + ", " + entries.size() + " letters]";
    }
}
