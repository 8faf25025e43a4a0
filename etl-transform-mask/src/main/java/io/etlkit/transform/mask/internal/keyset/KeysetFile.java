package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.keyset.KeysetConflictException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The files that keysets are stored in: who may touch them, and how they are written. */
public final class KeysetFile {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private KeysetFile() {}

    /**
     * What is wrong with who may touch the file; empty when nothing is, or the file system does not tell.
     *
     * @param mounted whether the file is a secret that an orchestrator mounted, which group and others often may read
     */
    public static Optional<String> refusal(Path file, boolean mounted) throws IOException {
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

    public static void refuseExisting(Path file) {
        if (Files.exists(file)) {
            throw new StartupException("keyset " + file
                    + ": the file is there already, and what it masked could be lost; choose another name");
        }
    }

    /** Writes a new file that only its owner may touch, whole or not at all. */
    public static void create(Path file, String text) throws IOException {
        refuseExisting(file);
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder, onlyFor("rwx------"));
        }
        Path draft = draftOf(target);
        try {
            write(draft, text);
            publish(draft, target);
        } catch (FileAlreadyExistsException raced) {
            refuseExisting(file);
            throw raced;
        } finally {
            Files.deleteIfExists(draft);
        }
        syncFolderOf(target);
    }

    /** Of two who make one file, a link lets only one succeed; moving looks first and then moves. */
    private static void publish(Path draft, Path target) throws IOException {
        try {
            Files.createLink(target, draft);
        } catch (FileAlreadyExistsException raced) {
            throw raced;
        } catch (FileSystemException | UnsupportedOperationException noLinksHere) {
            Files.move(draft, target);
        }
    }

    /**
     * Writes a file anew, whole or not at all, unless it is not any more what it was.
     *
     * @param before what was read of it
     * @throws KeysetConflictException when it was changed since then, or is being changed
     */
    public static void replace(Path file, String before, String text) throws IOException {
        Path target = file.toRealPath();
        try (KeysetLock lock = KeysetLock.of(target)) {
            lock.requireHeld();
            String now = Files.readString(target);
            if (!now.equals(before)) {
                throw new KeysetConflictException("keyset " + file + ": somebody else changed it meanwhile (version "
                        + KeysetReader.versionOf(before) + " was read, version " + KeysetReader.versionOf(now)
                        + " is there now); nothing was written; look at it with etl keys list, and run this again");
            }
            put(target, text);
        }
    }

    private static void put(Path target, String text) throws IOException {
        Path draft = draftOf(target);
        try {
            write(draft, text);
            keepOwner(target, draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        syncFolderOf(target);
    }

    private static Path draftOf(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + System.nanoTime() + ".tmp");
    }

    /** Root, who rotates a key, must not lock the pipeline's user out. */
    private static void keepOwner(Path target, Path draft) throws IOException {
        if (POSIX && Files.exists(target) && !Files.getOwner(target).equals(Files.getOwner(draft))) {
            Files.setOwner(draft, Files.getOwner(target));
        }
    }

    /** A rename is durable once its folder is; a file system that can not sync folders is as good as it gets. */
    private static void syncFolderOf(Path target) throws IOException {
        Path folder = target.getParent();
        if (POSIX && folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
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

    static FileAttribute<?>[] onlyFor(String owner) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner))}
                : new FileAttribute<?>[0];
    }
}
