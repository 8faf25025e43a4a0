package io.etlkit.sink.file;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Appends each letter as a line, with a version of its own, so that a removal can say which line it means. */
final class FileDeadLetterSink implements DeadLetterSink {
    private static final int VERSION_BYTES = 12;

    private final SecureRandom random = new SecureRandom();
    private final LinesFile file;

    FileDeadLetterSink(LinesFile file) {
        this.file = file;
    }

    @Override
    public void write(List<DeadLetter> letters) throws InterruptedException {
        file.append(
                letters.stream().map(letter -> LetterLine.of(letter, version())).toList());
    }

    private String version() {
        byte[] bytes = new byte[VERSION_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        file.close();
    }
}
