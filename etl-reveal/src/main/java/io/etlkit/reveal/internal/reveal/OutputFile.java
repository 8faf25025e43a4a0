package io.etlkit.reveal.internal.reveal;

import io.etlkit.reveal.internal.audit.AuditLog;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A new file that only its owner may touch. One that is there might be read by others, and is left as it is. */
final class OutputFile {
    private OutputFile() {}

    static void refuseExisting(Path file) {
        if (Files.exists(file)) {
            throw new IllegalArgumentException(
                    "the file " + file + " is there already, and others may be able to read it; name another");
        }
    }

    static PrintWriter create(Path file) throws IOException {
        try {
            FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), AuditLog.onlyForTheOwner());
            return new PrintWriter(new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException raced) {
            refuseExisting(file);
            throw raced;
        } catch (IOException unwritable) {
            throw new IOException("the file " + file + " can not be written");
        }
    }
}
