package io.etlkit.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one embedded Postgres. A lock on a file in it tells that its JVM lives.
 *
 * @param path the folder
 * @param lock holds the lock while it is open
 */
record ServerFolder(Path path, FileChannel lock) {
    private static final String LOCK = "lock";

    /** Makes the folder and takes it. */
    static ServerFolder create(Path path) throws IOException {
        Files.createDirectory(path);
        FileChannel channel = openLock(path.resolve(LOCK));
        channel.lock();
        return new ServerFolder(path, channel);
    }

    /** Takes a folder whose JVM is gone; empty when it lives. */
    static Optional<ServerFolder> ofNobody(Path path) throws IOException {
        FileChannel channel = openLock(path.resolve(LOCK));
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new ServerFolder(path, channel));
            }
        } catch (OverlappingFileLockException ofThisJvm) {
            // it lives
        }
        channel.close();
        return Optional.empty();
    }

    static FileChannel openLock(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The server's data. */
    Path data() {
        return path.resolve("data");
    }

    /** What the server prints; it may quote rows, so it is not sent to the application's log. */
    Path log() {
        return path.resolve("server.log");
    }

    /** The server's process, as it noted itself; empty when it does not run. */
    Optional<ProcessHandle> serverProcess() {
        try {
            List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.get(0).trim())).filter(this::isOurs);
        } catch (NoSuchFileException stopped) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** After a crash another process may have the number by now. */
    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(data().toString()))
                .orElse(true);
    }

    /** A server that did not start has handled no data yet, so what it printed may be shown. */
    IllegalStateException startFailure(Exception cause) {
        String printed = "";
        try {
            printed = Files.exists(log()) ? ":\n" + Files.readString(log()).strip() : "";
        } catch (IOException unreadable) {
            cause.addSuppressed(unreadable);
        }
        return new IllegalStateException("the embedded Postgres did not start" + printed, cause);
    }

    void delete() {
        try {
            List<Path> deepestFirst;
            try (Stream<Path> paths = Files.walk(path)) {
                deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
            lock.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
