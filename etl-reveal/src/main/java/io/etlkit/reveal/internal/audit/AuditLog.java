package io.etlkit.reveal.internal.audit;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.CanonicalJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A log of JSON lines, each of which names the hash of the one before: {@code hash} is the SHA-256, in hex, of the line's
 * canonical JSON (RFC 8785) without {@code hash} itself, and {@code previous} the hash of the line before, empty on the
 * first. A line that is changed, moved or removed breaks the chain, which {@link AuditChain} checks; only cutting lines off
 * the end does not, so note the last hash, or copy the log, where its writers can not reach it.
 *
 * <p>Appending locks the file and returns when the line is on disk. Several processes may share a log.
 */
public final class AuditLog {
    private static final String FILE = "file:";

    private final Path file;

    public AuditLog(Path file) {
        this.file = file;
    }

    /** Where it is unless something else is said: beside the keyset, where that is a file, and not {@code env:NAME}, say. */
    public static Optional<Path> beside(String keyset) {
        String path = keyset.startsWith(FILE) ? keyset.substring(FILE.length()) : keyset;
        return path.matches("[a-z][a-z0-9-]+:.*") ? Optional.empty() : Optional.of(Path.of(path + ".audit.jsonl"));
    }

    /**
     * Appends an entry.
     *
     * @throws IOException when it can not be written, or the log's last line is not intact
     */
    public void append(ObjectValue entry) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, onlyForTheOwner());
                FileLock lock = lock(channel)) {
            if (!lock.isValid()) {
                throw new IOException("the audit log can not be locked");
            }
            String line = CanonicalJson.text(chained(entry, lastHash(channel))) + "\n";
            write(channel, line);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.lock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            throw new IOException("the audit log is being written by another thread");
        }
    }

    private static void write(FileChannel channel, String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
        channel.position(channel.size());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    private static ObjectValue chained(ObjectValue entry, String previous) {
        ObjectValue linked = entry.with("previous", Value.of(previous));
        return linked.with("hash", Value.of(AuditChain.hash(linked)));
    }

    private static String lastHash(FileChannel channel) throws IOException {
        String line = lastLine(channel);
        if (line.isEmpty()) {
            return "";
        }
        return AuditChain.hashOf(line)
                .orElseThrow(() -> new IOException("the last line of the audit log is not intact"));
    }

    /** The last line, without its end; a line that was cut short counts. */
    private static String lastLine(FileChannel channel) throws IOException {
        long end = channel.size();
        long start = Math.max(0, end - 1);
        while (start > 0 && byteAt(channel, start - 1) != '\n') {
            start--;
        }
        ByteBuffer line = ByteBuffer.allocate((int) (end - start));
        int read = 0;
        while (line.hasRemaining() && read >= 0) {
            read = channel.read(line, start + line.position());
        }
        return new String(line.array(), StandardCharsets.UTF_8).strip();
    }

    private static byte byteAt(FileChannel channel, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, position);
        return one.get(0);
    }

    public static FileAttribute<?>[] onlyForTheOwner() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
