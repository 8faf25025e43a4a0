package io.etlkit.sink.file;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.json.JsonWriter;
import java.util.List;

/** Appends each letter as a line. */
final class FileDeadLetterSink implements DeadLetterSink {
    private final LinesFile file;

    FileDeadLetterSink(LinesFile file) {
        this.file = file;
    }

    @Override
    public void write(List<DeadLetter> letters) throws InterruptedException {
        file.append(letters.stream()
                .map(letter -> JsonWriter.write(DeadLetterJson.of(letter)))
                .toList());
    }

    @Override
    public void close() {
        file.close();
    }
}
