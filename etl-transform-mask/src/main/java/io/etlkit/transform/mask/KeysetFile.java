package io.etlkit.transform.mask;

import io.etlkit.api.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The files that keysets are stored in: who may touch them, and how they are written. */
final class KeysetFile {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private KeysetFile() {}

    /**
     * What is wrong with who may touch the file; empty when nothing is, or the file system does not tell.
     *
     * @param mounted whether the file is a secret that an orchestrator mounted, which group and others often may read
     */
    static Optional<String> refusal(Path file, boolean mounted) throws IOException {
        Set<PosixFilePermission> permissions = permissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            return Optional.of("others than its owner may write the file; chmod 600 it");
        }
        boolean others = permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
        return others && !mounted
                ? Optional.of("everybody may read the file; chmod 600 it, or set ETL_KEYSET_PERMISSIONS=mounted"
                        + " where it is a secret that Kubernetes or Compose mounted")
                : Optional.empty();
    }

    static boolean mayGroupRead(Path file) throws IOException {
        return permissions(file).contains(PosixFilePermission.GROUP_READ);
    }

    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        return POSIX ? Files.getPosixFilePermissions(file) : Set.of();
    }

    /** Writes a new file that only its owner may touch, whole or not at all. */
    static void create(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        if (Files.exists(target)) {
            throw alreadyThere(file);
        }
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder, onlyFor("rwx------"));
        }
        Path draft = target.resolveSibling("." + target.getFileName() + "." + System.nanoTime() + ".tmp");
        try {
            write(draft, text);
            Files.move(draft, target);
        } catch (FileAlreadyExistsException raced) {
            throw alreadyThere(file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, onlyFor("rw-------"))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] onlyFor(String owner) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner))}
                : new FileAttribute<?>[0];
    }

    private static StartupException alreadyThere(Path file) {
        return new StartupException("keyset " + file
                + ": the file is there already, and what it masked could be lost; choose another name");
    }
}
