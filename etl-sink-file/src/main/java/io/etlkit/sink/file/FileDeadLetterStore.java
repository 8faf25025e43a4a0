package io.etlkit.sink.file;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.api.TransientException;
import io.etlkit.json.JsonWriter;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of dead letters, and removes dead letters by appending removal lines: the file is a log, in which nothing is
 * ever changed. A removal names the version of the line that it removes, so a removal that comes too late has no effect. A
 * missing file counts as empty.
 *
 * <p>A listing shows what the file contained when the listing began; it ends early when the file is renamed meanwhile.
 */
final class FileDeadLetterStore implements DeadLetterStore {
    private static final long MAX_PAGE_BYTES = 16L * 1024 * 1024;

    private final Path path;
    private final DeadLetterIndex index;
    private List<DeadLetterIndex.Entry> listing = List.of();
    private @Nullable LinesFile appending;

    FileDeadLetterStore(Path path, String pipeline) {
        this.path = path;
        this.index = new DeadLetterIndex(pipeline);
    }

    @Override
    public Page list(Optional<String> after, int max) throws InterruptedException {
        int from = after.map(Integer::parseInt).orElse(0);
        if (after.isEmpty()) {
            listing = index().oldestFirst();
        }
        List<StoredDeadLetter> letters = new ArrayList<>();
        int next = from;
        long bytes = 0;
        while (next < listing.size() && letters.size() < max && bytes < MAX_PAGE_BYTES) {
            List<StoredDeadLetter> read = read(listing.subList(next, next + 1));
            letters.addAll(read);
            bytes += read.stream()
                    .mapToLong(stored -> size(stored.letter().original()))
                    .sum();
            next++;
        }
        return new Page(letters, next < listing.size() ? Optional.of(Integer.toString(next)) : Optional.empty());
    }

    private static long size(DeadLetter.Original original) {
        if (original instanceof DeadLetter.Sealed sealed) {
            return sealed.length();
        }
        return original instanceof DeadLetter.Clear clear
                ? JsonWriter.write(clear.body()).length()
                : 0;
    }

    @Override
    public List<StoredDeadLetter> find(Set<String> messageIds) throws InterruptedException {
        return read(index().of(messageIds));
    }

    /** The look-up only serves the returned number; the removals would be correct without it. */
    @Override
    public int remove(List<StoredDeadLetter> letters) throws InterruptedException {
        DeadLetterIndex now = index();
        List<StoredDeadLetter> there = letters.stream()
                .filter(stored -> now.holds(stored.letter().key(), stored.version()))
                .toList();
        if (!there.isEmpty()) {
            file().append(there.stream().map(DeadLetterLine::removal).toList());
        }
        return there.size();
    }

    private synchronized LinesFile file() {
        LinesFile open = appending;
        if (open == null) {
            open = LinesFile.open(path, true, LinesFile.Access.OWNER_ONLY);
            appending = open;
        }
        return open;
    }

    private DeadLetterIndex index() throws InterruptedException {
        return reading(() -> {
            index.refresh(path);
            return index;
        });
    }

    /** Skips entries that are no longer in their place: the file may be another one by now. */
    private List<StoredDeadLetter> read(List<DeadLetterIndex.Entry> entries) throws InterruptedException {
        return reading(() -> {
            List<StoredDeadLetter> letters = new ArrayList<>();
            if (entries.isEmpty() || !Files.exists(path)) {
                return letters;
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                for (DeadLetterIndex.Entry entry : entries) {
                    new LineScanner(channel, entry.offset())
                            .next()
                            .flatMap(DeadLetterLine::read)
                            .filter(line -> line.key().equals(entry.key())
                                    && line.version().equals(entry.version()))
                            .ifPresent(line -> letters.add(line.letter(entry.firstFailedAt())));
                }
            }
            return letters;
        });
    }

    private <T> T reading(Reading<T> reading) throws InterruptedException {
        try {
            return reading.run();
        } catch (ClosedByInterruptException interrupted) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while reading " + path);
        } catch (IOException failed) {
            throw new TransientException(
                    "cannot read " + path + ": " + failed.getClass().getSimpleName());
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T run() throws IOException;
    }

    @Override
    public synchronized void close() {
        LinesFile open = appending;
        if (open != null) {
            open.close();
        }
    }
}
