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
 * Where in a file the letters of one pipeline are that count: the last line of each key, unless a later line removes it. Holds
 * the keys in memory, some 250 bytes a letter, and no letter. Used by one thread.
 */
final class LetterIndex {
    private static final Comparator<Entry> OLDEST_FIRST =
            Comparator.comparing((Entry entry) -> entry.key().since()).thenComparing(Entry::offset);

    private final String pipeline;
    private final Map<RecordKey, Entry> entries = new HashMap<>();
    private Optional<String> identity = Optional.empty();
    private long end;

    /**
     * A letter's place.
     *
     * @param key the message's name
     * @param offset where its line begins
     * @param version the line's version
     * @param firstFailedAt when its message was first rejected
     */
    record Entry(RecordKey key, long offset, String version, Instant firstFailedAt) {}

    LetterIndex(String pipeline) {
        this.pipeline = pipeline;
    }

    /** Reads what was appended since the last time; all of it where the file is another one. */
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
                LetterLine.read(line.get())
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

    private void add(LetterLine line, long offset) {
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

    /** Whether this version of a letter is the one that counts. */
    boolean holds(RecordKey key, String version) {
        Entry entry = entries.get(key);
        return entry != null && entry.version().equals(version);
    }

    /** All that count, oldest message first; of one moment, those that stand first in the file. */
    List<Entry> oldestFirst() {
        return sorted(entries.values());
    }

    /** Those of some messages. */
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
        return "LetterIndex[" + pipeline + ", " + entries.size() + " letters]";
    }
}
