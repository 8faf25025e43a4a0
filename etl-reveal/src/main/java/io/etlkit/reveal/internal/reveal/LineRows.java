package io.etlkit.reveal.internal.reveal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A token on each line of standard input. */
final class LineRows implements TokenRows {
    private final BufferedReader lines;

    LineRows(InputStream input) {
        lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    }

    @Override
    public String source() {
        return "stdin";
    }

    @Override
    public List<String> header() {
        return List.of();
    }

    @Override
    public int tokenColumn() {
        return 0;
    }

    @Override
    public Optional<List<Optional<String>>> next() throws IOException {
        return Optional.ofNullable(lines.readLine()).map(line -> List.of(Optional.of(line.strip())));
    }

    /** Standard input stays open. */
    @Override
    public void close() {}
}
