package io.etlkit.expression.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.ExpressionException;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is evaluated without the CEL library has to mean what the library means by it. */
class SimpleExpressionTest {
    private static final List<String> EXPRESSIONS = List.of(
            "body.a",
            "body.a.b",
            "body.a.b.c",
            "  body.a\n",
            "headers.sentAt",
            "headers.nope",
            "headers.attributes.team",
            "headers.attributes.nope",
            "headers.messageId.nope",
            "has(body.a)",
            "!has(body.a)",
            "has(body.a.b)",
            " !has(body.a.b)",
            "has(body.a.b.c)",
            "has(headers.nope)",
            "has(headers.sentAt)",
            "has(headers.messageId.nope)",
            "has(headers.attributes.team)",
            "date(headers.sentAt)",
            " date(headers.sentAt, \"Europe/Berlin\")",
            "date(headers.sentAt,'-03:00')",
            "date(headers.sentAt, 'UTC')",
            "date(headers.messageId)",
            "date(headers.nope)",
            "date(body.a)",
            "  date(body.a, 'UTC')",
            "date(body.a.b)");

    private static final List<String> BODIES = List.of(
            "{}",
            "{\"a\":null}",
            "{\"a\":1}",
            "{\"a\":2.5}",
            "{\"a\":true}",
            "{\"a\":\"2024-05-01T00:00:00Z\"}",
            "{\"a\":[1]}",
            "{\"a\":{}}",
            "{\"a\":{\"b\":null}}",
            "{\"a\":{\"b\":false}}",
            "{\"a\":{\"b\":{}}}",
            "{\"a\":{\"b\":{\"c\":[{}]}}}",
            "\"text\"",
            "null",
            "[]");

    static Stream<String> expressions() {
        return EXPRESSIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void meansWhatTheLibraryMeans(String text) throws ExpressionException {
        Expression simple = SimpleExpression.compile(text).orElseThrow();
        Expression library = CelLibrary.compile(text);

        assertThat(simple.text()).isEqualTo(text);
        assertThat(simple.reads()).isEqualTo(library.reads());
        assertThat(simple.readsWholeBody()).isEqualTo(library.readsWholeBody());
        assertThat(simple.isCondition()).isEqualTo(library.isCondition());
        for (String body : BODIES) {
            EtlRecord record = Records.withBody(JsonReader.read(body));
            assertThat(outcome(record, simple::evaluate)).as(body).isEqualTo(outcome(record, library::evaluate));
            assertThat(outcome(record, simple::test)).as(body).isEqualTo(outcome(record, library::test));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body",
                "headers",
                "size(body.a)",
                "body.a == 1",
                "body['a']",
                "body.a, 'UTC'",
                "body.a)",
                "(body.a)",
                "has(body.a",
                "has(body)",
                "has(body.a, 'UTC')",
                "body.in",
                "has(body.null)",
                "date(body.a, headers.zone)",
                "other.a",
                "bodya.b",
                "",
            })
    void leavesTheRestToTheLibrary(String text) throws ExpressionException {
        assertThat(SimpleExpression.compile(text)).isEmpty();
    }

    private static String outcome(EtlRecord record, Function<EtlRecord, Object> evaluation) {
        try {
            Object result = evaluation.apply(record);
            return result instanceof Value value ? JsonWriter.write(value) : result.toString();
        } catch (RejectedException rejected) {
            return String.valueOf(rejected.getMessage());
        }
    }
}
