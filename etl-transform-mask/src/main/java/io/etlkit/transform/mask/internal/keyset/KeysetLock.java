package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.transform.mask.keyset.KeysetConflictException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps others from writing a keyset file meanwhile: a lock on the file {@code .NAME.lock} beside it, which stays there, for a
 * lock on a file that is removed protects nothing. It does not wait: who comes second has read what is about to change.
 */
final class KeysetLock implements AutoCloseable {
    /** A process has its locks as a whole, so that threads need to be kept apart here. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path keyset;
    private final boolean first;
    private final @Nullable FileChannel channel;
    private final @Nullable FileLock lock;

    private KeysetLock(Path keyset) throws IOException {
        this.keyset = keyset;
        this.first = HELD.add(keyset);
        try {
            this.channel = first
                    ? FileChannel.open(
                            keyset.resolveSibling("." + keyset.getFileName() + ".lock"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            KeysetFile.onlyFor("rw-------"))
                    : null;
            this.lock = channel == null ? null : tryLock(channel);
        } catch (IOException | RuntimeException failed) {
            release();
            throw failed;
        }
    }

    /** Tries to lock a keyset file, which need not be there. */
    static KeysetLock of(Path keyset) throws IOException {
        return new KeysetLock(keyset);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Fails when somebody else holds the lock. */
    void requireHeld() throws KeysetConflictException {
        if (lock == null) {
            throw new KeysetConflictException("keyset " + keyset
                    + ": somebody else is writing it right now; nothing was written; run this again");
        }
    }

    private void release() {
        if (first) {
            HELD.remove(keyset);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            release();
        }
    }
}
