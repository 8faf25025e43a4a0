package io.etlkit.transform.mask.keyset;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.internal.keyset.KeysetFile;
import io.etlkit.transform.mask.internal.keyset.KeysetLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A file whose first line is the passphrase of a keyset, in UTF-8. It is guarded as keysets are. */
public final class PassphraseFile {
    private PassphraseFile() {}

    /** Names a file, which is read anew each time that a passphrase is asked for. */
    public static PassphraseSource of(Path file) {
        return keyset -> read(file, KeysetLoader.isMounted(System.getenv()));
    }

    /**
     * The first line of a file that holds another secret, and is guarded in the same way.
     *
     * @param what what messages call the file
     * @throws StartupException when it can not be read, or others may read it
     */
    public static char[] firstLine(Path file, String what) {
        return read(file, what, KeysetLoader.isMounted(System.getenv()));
    }

    public static char[] read(Path file, boolean mounted) {
        return read(file, "passphrase file", mounted);
    }

    private static char[] read(Path file, String what, boolean mounted) {
        byte[] bytes = bytes(file, what, mounted);
        try {
            CharBuffer text = CharBuffer.allocate(bytes.length);
            boolean valid = !StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, endOfFirstLine(bytes)), text, true)
                    .isError();
            char[] passphrase = Arrays.copyOf(text.array(), text.position());
            Arrays.fill(text.array(), '\0');
            if (!valid) {
                throw broken(what, file, "its first line is not UTF-8 text");
            }
            return passphrase;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] bytes(Path file, String what, boolean mounted) {
        try {
            Optional<String> refusal = KeysetFile.refusal(file, mounted);
            if (refusal.isPresent()) {
                throw broken(what, file, refusal.get());
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw broken(what, file, "there is no such file");
        } catch (IOException unreadable) {
            throw broken(what, file, "the file can not be read");
        }
    }

    private static int endOfFirstLine(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    private static StartupException broken(String what, Path file, String why) {
        return new StartupException(what + " " + file + ": " + why);
    }
}
