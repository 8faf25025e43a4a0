package io.etlkit.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where an embedded Postgres keeps its files. The working directory is shared by all servers of a user: the programs are
 * unpacked there once, and a data directory whose process was killed is found there and removed by a later start.
 *
 * @param workingDirectory the programs, and the data directories of all servers
 * @param data this server's data
 * @param log what the server prints; it may quote rows, so it is not sent to the application's log
 */
record PostgresFiles(Path workingDirectory, Path data, Path log) {
    private static final String LOG = ".log";

    /** As long as the library waits before it removes a data directory that no process holds. */
    private static final Duration STALE_AFTER = Duration.ofMinutes(10);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    static PostgresFiles create() {
        try {
            Path working = sharedDirectory();
            deleteStaleLogs(working);
            String name = UUID.randomUUID().toString();
            return new PostgresFiles(working, working.resolve(name), working.resolve(name + LOG));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Under the temporary folder, which others can write to: programs are run from there, so it must be ours alone. */
    private static Path sharedDirectory() throws IOException {
        Path own = Files.createTempDirectory("etl-dev-");
        Path shared = own.resolveSibling(
                "etl-dev-postgres-" + Files.getOwner(own).getName().replaceAll("[^A-Za-z0-9_-]", "_"));
        if (!Files.exists(shared)) {
            Files.createDirectories(shared, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        boolean ours = Files.getOwner(shared).equals(Files.getOwner(own))
                && Files.getPosixFilePermissions(shared).equals(OWNER_ONLY)
                && !Files.isSymbolicLink(shared);
        Files.delete(own);
        if (!ours) {
            throw new IOException(shared + " must be a folder that only its owner, the current user, can open");
        }
        // the library makes the folder that it is given writable for everybody, so it is given one inside
        return Files.createDirectories(shared.resolve("work"));
    }

    private static void deleteStaleLogs(Path working) throws IOException {
        Instant old = Instant.now().minus(STALE_AFTER);
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(working, "*" + LOG)) {
            for (Path log : logs) {
                String name = log.getFileName().toString();
                boolean orphan = !Files.exists(working.resolve(name.substring(0, name.length() - LOG.length())));
                if (orphan && Files.getLastModifiedTime(log).toInstant().isBefore(old)) {
                    Files.deleteIfExists(log);
                }
            }
        }
    }

    /** The server's process, as it noted itself; empty when it does not run. */
    Optional<ProcessHandle> serverProcess() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.get(0).trim()));
        } catch (NoSuchFileException stopped) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A server that did not start has handled no data yet, so what it printed may be shown. */
    IllegalStateException startFailure(Exception cause) {
        String printed = "";
        try {
            printed = Files.exists(log) ? ":\n" + Files.readString(log).strip() : "";
        } catch (IOException unreadable) {
            cause.addSuppressed(unreadable);
        }
        return new IllegalStateException("the embedded Postgres did not start" + printed, cause);
    }

    void delete() {
        try {
            Files.deleteIfExists(log);
            if (Files.exists(data)) {
                deleteTree(data);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
