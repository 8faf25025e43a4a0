package io.etlkit.sink.file;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Appends each dead letter as a line with a random version, by which a removal names the line. */
final class FileDeadLetterSink implements DeadLetterSink {
    private static final int VERSION_BYTES = 12;

    private final SecureRandom random = new SecureRandom();
    private final LinesFile file;

    FileDeadLetterSink(LinesFile file) {
        this.file = file;
    }

    @Override
    public void write(List<DeadLetter> letters) throws InterruptedException {
        file.append(letters.stream()
                .map(letter -> DeadLetterLine.of(letter, version()))
                .toList());
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
