package io.etlkit.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
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
 * a {@link ServerFolder} of its own for each. A folder that a killed JVM left is removed by the next start.
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

    /** Under the temporary folder, which others can write to: programs are run from there, so it must be ours alone. */
    private static Path sharedFolder() throws IOException {
        Path own = Files.createTempDirectory("etl-dev-");
        try {
            String owner = Files.getOwner(own).getName().replaceAll("[^A-Za-z0-9_-]", "_");
            Path shared = own.resolveSibling("etl-dev-postgres-" + owner);
            if (!Files.exists(shared)) {
                Files.createDirectories(shared, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            boolean ours = Files.getOwner(shared).equals(Files.getOwner(own))
                    && Files.getPosixFilePermissions(shared).equals(OWNER_ONLY)
                    && !Files.isSymbolicLink(shared);
            if (!ours) {
                throw new IOException(shared + " must be a folder that only its owner, the current user, can open");
            }
            return shared;
        } finally {
            Files.delete(own);
        }
    }

    /** Between a folder's making and its lock nobody may look for leftovers; a file lock keeps processes apart only. */
    private static synchronized ServerFolder serverFolder(Path servers) throws IOException {
        try (FileChannel gate = ServerFolder.openLock(servers.resolve("gate"))) {
            gate.lock(); // let go with the channel
            removeLeftovers(servers);
            return ServerFolder.create(servers.resolve(ownPrefix() + UUID.randomUUID()));
        }
    }

    /** What is left of others must not keep this server from starting. */
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
     * Not of this process: to close any channel to a file lets go of all locks that the process has on it (POSIX), so that
     * merely looking at a lock of ours would lose it.
     */
    private static boolean mayBeLeft(Path folder) {
        return Files.isDirectory(folder) && !folder.getFileName().toString().startsWith(ownPrefix());
    }

    private static String ownPrefix() {
        return ProcessHandle.current().pid() + "-";
    }
}
