package io.etlkit.reveal.internal.reveal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevealedOutputTest {
    private static final List<String> VALUES = List.of("a", "", "c");

    private final StringWriter out = new StringWriter();
    private final List<String> writtenBefore = new ArrayList<>();

    @Test
    void aLinesValueIsAskedForWhenThoseBeforeAreWritten() throws IOException {
        print(new LineRows(input("x\ny\nz\n")));
        assertThat(out).hasToString("a\n\nc\n");
        assertThat(writtenBefore).containsExactly("", "a\n", "a\n\n");
    }

    @Test
    void aCellsValueIsAskedForWhenThoseBeforeAreWritten() throws IOException {
        print(new CsvRows(input("n,ip\n1,x\n2,y\n3,z\n"), Optional.of("ip")));
        assertThat(out).hasToString("n,ip\n1,a\n2,\n3,c\n");
        assertThat(writtenBefore).containsExactly("n,ip\n", "n,ip\n1,a\n", "n,ip\n1,a\n2,\n");
    }

    private void print(TokenRows source) throws IOException {
        List<List<Optional<String>>> read = new ArrayList<>();
        try (source) {
            for (Optional<List<Optional<String>>> row = source.next(); row.isPresent(); row = source.next()) {
                read.add(row.get());
            }
            new RevealedOutput(new PrintWriter(out), source, Optional.empty()).print(read, row -> {
                writtenBefore.add(out.toString());
                return VALUES.get(row);
            });
        }
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
