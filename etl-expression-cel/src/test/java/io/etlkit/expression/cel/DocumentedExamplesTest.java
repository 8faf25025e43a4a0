package io.etlkit.expression.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.config.ExpressionException;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the table of examples of {@code docs/expressions.md} over the body that stands there. */
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "expressions.md");
    private static final Pattern BODY = Pattern.compile("```json\n(.*)\n```");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(.*)` \\| `(.*)` \\|$");

    static Stream<List<String>> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().map(row -> List.of(row.group(1), row.group(2)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void giveWhatThePageSays(List<String> row) throws ExpressionException, IOException {
        String body = BODY.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        EtlRecord record = Records.withBody(JsonReader.read(body));
        assertThat(JsonWriter.write(
                        new CelExpressionCompiler().compile(row.get(0)).evaluate(record)))
                .isEqualTo(row.get(1));
    }
}
