package io.etlkit.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The folder of one embedded Postgres. A lock on a file in it shows that its JVM is alive.
 *
 * @param path the folder
 * @param lock holds the lock while it is open
 */
record ServerFolder(Path path, FileChannel lock) {
    private static final String LOCK = "lock";

    private static final long END_SECONDS = 30;

    /** Makes the folder and takes it. */
    static ServerFolder create(Path path) throws IOException {
        Files.createDirectory(path);
        FileChannel channel = openLock(path.resolve(LOCK));
        channel.lock();
        return new ServerFolder(path, channel);
    }

    /** Takes over a folder whose JVM is gone; empty while the JVM is alive. Not for a folder of this JVM. */
    static Optional<ServerFolder> ofNobody(Path path) throws IOException {
        try {
            FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return Optional.of(new ServerFolder(path, channel));
            }
            channel.close();
        } catch (NoSuchFileException beingDeleted) {
            // its owner has just locked it
        }
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

    /** The server's process, from its own pid file; empty when it does not run. */
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

    /** After a crash another process may have the same number. */
    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .arguments()
                .filter(arguments -> List.of(arguments).contains(data().toString()))
                .isPresent();
    }

    /** Ends the server, if it runs, as a crash would: {@code pg_ctl stop -m immediate}. */
    void crash() {
        serverProcess().ifPresent(process -> {
            try {
                new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                        .start()
                        .waitFor();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (IOException failed) {
                throw new IllegalStateException("the embedded Postgres could not be asked to stop", failed);
            }
            awaitEnd(process);
        });
    }

    /** The server reports that it has stopped a moment before its process ends. */
    static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the embedded Postgres did not end within " + END_SECONDS + " s", failed);
        }
    }

    void crashAndDelete() {
        crash();
        delete();
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

    /** The lock is removed last: while there are files, it shows who owns them. */
    void delete() {
        try {
            deleteTree(data());
            Files.deleteIfExists(log());
            Files.deleteIfExists(path.resolve(LOCK));
            Files.deleteIfExists(path);
            lock.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
