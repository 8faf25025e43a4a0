package io.etlkit.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where embedded Postgres servers keep their files: {@code programs}, unpacked once and shared by all servers of a user, and
 * a {@link ServerFolder} of its own for each. The next start removes a folder that a killed JVM left.
 *
 * @param programs the unpacked programs
 * @param server this server's own folder
 */
record PostgresFiles(Path programs, ServerFolder server) {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresFiles.class);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    static PostgresFiles create() {
        try {
            Path shared = sharedFolder();
            return new PostgresFiles(
                    Files.createDirectories(shared.resolve("programs")),
                    serverFolder(Files.createDirectories(shared.resolve("servers"))));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * In the user's cache, as the XDG base directory specification has it, so that nothing is left in the temporary folder;
     * there only if the cache cannot be written to. Programs are run from it, so only we may write to it.
     */
    private static Path sharedFolder() throws IOException {
        try {
            return ownFolder(Files.createDirectories(cache()).resolve("dev-postgres"));
        } catch (FileSystemException unwritable) {
            String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
            return ownFolder(Path.of(System.getProperty("java.io.tmpdir"), "etl-dev-postgres-" + user));
        }
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path home = configured == null || configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return home.resolve("etlkit");
    }

    private static Path ownFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Path probe = Files.createTempFile(folder, "owner", "");
        try {
            boolean ours = Files.getOwner(folder).equals(Files.getOwner(probe))
                    && Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)
                    && !Files.isSymbolicLink(folder);
            if (!ours) {
                throw new IOException(folder + " must be a folder that only its owner, the current user, can open");
            }
            return folder;
        } finally {
            Files.delete(probe);
        }
    }

    /** Nobody may look for leftovers between making a folder and locking it; a file lock does not exclude threads of one JVM. */
    private static synchronized ServerFolder serverFolder(Path servers) throws IOException {
        try (FileChannel gate = ServerFolder.openLock(servers.resolve("gate"))) {
            gate.lock(); // released with the channel
            removeLeftovers(servers);
            return ServerFolder.create(servers.resolve(ownPrefix() + UUID.randomUUID()));
        }
    }

    /** Leftovers of other processes must not keep this server from starting. */
    private static void removeLeftovers(Path servers) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(servers, PostgresFiles::mayBeLeft)) {
            for (Path folder : folders) {
                try {
                    ServerFolder.ofNobody(folder).ifPresent(ServerFolder::crashAndDelete);
                } catch (IOException | RuntimeException failed) {
                    LOG.warn("cannot remove {}, which an embedded Postgres left: {}", folder, failed.toString());
                }
            }
        }
    }

    /**
     * Skips folders of this process: closing any channel to a file releases all locks of the process on it (POSIX), so a
     * look at our own lock would release it.
     */
    private static boolean mayBeLeft(Path folder) {
        return Files.isDirectory(folder) && !folder.getFileName().toString().startsWith(ownPrefix());
    }

    private static String ownPrefix() {
        return ProcessHandle.current().pid() + "-";
    }
}
