package io.etlkit.sink.file;

import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
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
 * A file of lines that several lanes and processes may append to at once: the lines of one call stand together, and none is
 * torn. The file is opened for each call, so it may be renamed away at any time (log rotation); a lock in this process and
 * one on the file keep writers apart. A last line that a crash has torn is cut off by the next writer.
 *
 * <p>Used by one thread at a time, but for {@link #close}, which ends a call that hangs.
 */
final class LinesFile implements AutoCloseable {
    /** A file lock is the whole process's, so lanes need another one among themselves. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    /** Who may read a file that is made. */
    enum Access {
        AS_THE_SYSTEM_SAYS,
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

    /**
     * Makes the file when it is missing, and cuts off a torn last line.
     *
     * @throws StartupException when it cannot be written
     */
    static LinesFile open(Path path, boolean sync, Access access) {
        LinesFile file = new LinesFile(path.toAbsolutePath().normalize(), sync, access);
        try {
            file.append(List.of());
        } catch (TransientException notWritable) {
            throw new StartupException(notWritable.getMessage() + "; its folder must be there, and both be writable");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TransientException("interrupted while opening " + path);
        }
        return file;
    }

    /**
     * Appends lines, and returns when they are on the disk.
     *
     * @throws TransientException when they are not; none of them, or only a torn one, is in the file then
     */
    void append(List<String> lines) throws InterruptedException {
        ByteBuffer bytes = LineEncoder.encode(lines);
        try {
            create();
            ReentrantLock lock = LOCKS.computeIfAbsent(path.toRealPath(), key -> new ReentrantLock());
            lock.lockInterruptibly();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                hold(channel);
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

    private void append(FileChannel channel, ByteBuffer bytes) throws IOException {
        channel.lock(); // let go with the channel
        long end = LastLine.mend(channel);
        try {
            for (long position = end; bytes.hasRemaining(); ) {
                position += channel.write(bytes, position);
            }
            if (sync) {
                channel.force(true);
            }
        } catch (IOException failed) {
            takeBack(channel, end, failed);
            throw failed;
        }
    }

    /** The disk is full, say: half a batch must not stay, for the whole of it will be written again. */
    private static void takeBack(FileChannel channel, long end, IOException failure) {
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
        } catch (FileAlreadyExistsException madeByAnother) {
            // as good
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

    /** A new file is durable when the folder that names it is. */
    private void forceFolder() throws IOException {
        Path folder = path.getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private void hold(FileChannel channel) throws IOException {
        open = channel;
        if (closed) {
            throw new IOException("it is closed");
        }
    }

    /** The exception's own words, without the path that some of them start with. */
    private static String cause(IOException failed) {
        String name = failed.getClass().getSimpleName();
        return switch (name) {
            case "NoSuchFileException" -> "there is no such folder";
            case "AccessDeniedException" -> "access is denied";
            case "AsynchronousCloseException" -> "it is closed";
            default -> String.valueOf(failed.getMessage());
        };
    }

    /** Ends a call that hangs; what was returned is on the disk already. */
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
