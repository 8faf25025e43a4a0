package io.etlkit.sink.file;

import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.json.JsonEscapes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that several lanes and processes may append to at once: the lines of one call stay together, and no line
 * is torn. The file is opened for each call, so it may be renamed at any time (log rotation). A lock in this process and a
 * lock on the file keep writers apart. The next writer cuts off a last line that a crash has torn.
 *
 * <p>Used by one thread at a time, except for {@link #close}, which aborts a call that hangs.
 */
final class LinesFile implements AutoCloseable {
    /** A file lock belongs to the whole process, so the lanes need a lock of their own. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    /** Who may read a file that is created. */
    enum Access {
        SYSTEM_DEFAULT,
        OWNER_ONLY
    }

    private final Path path;
    private final boolean sync;
    private final Access access;
    private volatile @Nullable FileChannel open;
    private volatile boolean closed;

    private LinesFile(Path path, boolean sync, Access access) {
        this.path = path;
        this.sync = sync;
        this.access = access;
    }

    /** Checks a configured path. */
    static void requireFileName(Path path) {
        if (path.getFileName() == null || path.toString().isEmpty()) {
            throw new IllegalArgumentException("path: must name a file");
        }
    }

    /**
     * Creates the file when it is missing, and cuts off a torn last line.
     *
     * @throws StartupException when it cannot be written
     */
    static LinesFile open(Path path, boolean sync, Access access) {
        LinesFile file = new LinesFile(path.toAbsolutePath().normalize(), sync, access);
        try {
            file.append(List.of());
        } catch (TransientException notWritable) {
            throw new StartupException(
                    notWritable.getMessage() + "; the folder must exist, and folder and file must be writable");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TransientException("interrupted while opening " + path);
        }
        return file;
    }

    /**
     * Appends lines, and returns when they are on disk.
     *
     * @throws TransientException when it fails; the file then contains none of the lines, or one torn line
     */
    void append(List<String> lines) throws InterruptedException {
        ByteBuffer bytes = encode(lines);
        try {
            create();
            ReentrantLock lock = LOCKS.computeIfAbsent(path.toRealPath(), key -> new ReentrantLock());
            lock.lockInterruptibly();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                register(channel);
                append(channel, bytes);
            } finally {
                open = null;
                lock.unlock();
            }
        } catch (ClosedByInterruptException | FileLockInterruptionException interrupted) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while writing " + path);
        } catch (IOException failed) {
            throw new TransientException("cannot write " + path + ": " + cause(failed));
        }
    }

    /** In UTF-8. A lone surrogate, which UTF-8 cannot encode, becomes a JSON escape. */
    private static ByteBuffer encode(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return ByteBuffer.wrap(JsonEscapes.loneSurrogates(text.toString()).getBytes(StandardCharsets.UTF_8));
    }

    private void append(FileChannel channel, ByteBuffer bytes) throws IOException {
        channel.lock(); // released with the channel
        long end = LastLine.repair(channel);
        try {
            for (long position = end; bytes.hasRemaining(); ) {
                position += channel.write(bytes, position);
            }
            if (sync) {
                channel.force(true);
            }
        } catch (IOException failed) {
            undo(channel, end, failed);
            throw failed;
        }
    }

    /** After a full disk, for example: half a batch must not stay, because the whole batch is written again. */
    private static void undo(FileChannel channel, long end, IOException failure) {
        try {
            channel.truncate(end);
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private void create() throws IOException {
        if (Files.exists(path)) {
            return;
        }
        try {
            Files.createFile(path, attributes());
            if (sync) {
                forceFolder();
            }
        } catch (FileAlreadyExistsException createdByAnother) {
            // just as good
        }
    }

    private FileAttribute<?>[] attributes() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return access == Access.OWNER_ONLY && posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** A new file is durable only when its folder is. */
    private void forceFolder() throws IOException {
        Path folder = path.getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private void register(FileChannel channel) throws IOException {
        open = channel;
        if (closed) {
            throw new IOException("it is closed");
        }
    }

    /** The reason, without the path that some exceptions put into their message. */
    private static String cause(IOException failed) {
        String name = failed.getClass().getSimpleName();
        return switch (name) {
            case "NoSuchFileException" -> "the folder does not exist";
            case "AccessDeniedException" -> "access is denied";
            case "AsynchronousCloseException" -> "it is closed";
            default -> String.valueOf(failed.getMessage());
        };
    }

    /** Aborts a call that hangs. What earlier calls wrote is on disk already. */
    @Override
    public void close() {
        closed = true;
        FileChannel channel = open;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failed) {
                throw new TransientException("cannot close " + path + ": " + cause(failed));
            }
        }
    }
}
