package io.etlkit.expression.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.RejectedException;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.ExpressionCompiler;
import io.etlkit.api.config.ExpressionException;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionCompilerTest {
    private static final String BODY = """
            {"n": null, "i": 7, "d": 2.5, "whole": 2.0, "big": 12345678901234567890, "s": "abc", "b": true,
             "list": [1, 2, 3], "o": {"x": 1, "list": [{"ip": "a"}, {"ip": null}]}, "odd-name": "odd", "empty": {}}""";

    private final ExpressionCompiler compiler = new CelExpressionCompiler();

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(ExpressionCompiler.class))
                .singleElement()
                .isInstanceOf(CelExpressionCompiler.class)
                .extracting(ExpressionCompiler::language)
                .isEqualTo("CEL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "body.s                                          | \"abc\"",
                "body['odd-name']                                | \"odd\"",
                "body.i + 1                                      | 8",
                "body.i / 2                                      | 3",
                "body.d * 2.0                                    | 5.0",
                "body.whole / 4.0                                | 0.5",
                "body.o                                          | {\"x\":1,\"list\":[{\"ip\":\"a\"},{\"ip\":null}]}",
                "true ? body.o : body                            | {\"x\":1,\"list\":[{\"ip\":\"a\"},{\"ip\":null}]}",
                "body.list.map(x, x * 2)                         | [2,4,6]",
                "body.list.filter(x, x > 1)                      | [2,3]",
                "body.list.exists(x, x == 3)                     | true",
                "body.list.all(x, x > 1)                         | false",
                "body.o.list.exists_one(x, x.ip == null)         | true",
                "body.o.map(name, name)                          | [\"x\",\"list\"]",
                "{'b': 1, 'a': body.n}                           | {\"b\":1,\"a\":null}",
                "body.list + [4]                                 | [1,2,3,4]",
                "[body.list, []]                                 | [[1,2,3],[]]",
                "size(body)                                      | 11",
                "size(body.s)                                    | 3",
                "body.s.upperAscii() + '!'                       | \"ABC!\"",
                "body.s.substring(1).replace('b', 'x')           | \"xc\"",
                "body.s.matches('^a.c$')                         | true",
                "string(body.i) + body.s                         | \"7abc\"",
                "int('12')                                       | 12",
                "3u                                              | 3",
                "body.b && body.i == 7                           | true",
                "body.i == 7.0                                   | true",
                "body.d > 2                                      | true",
                "body.big > 1                                    | true",
                "body.n == null                                  | true",
                "body.s == null                                  | false",
                "has(body.n)                                     | true",
                "has(body.nope)                                  | false",
                "has(body.nope) && body.nope > 1                 | false",
                "body.nope > 1 || body.b  | true",
                "'s' in body                                     | true",
                "7 in [body.i]                                   | true",
                "body.empty == {}                                | true",
                "body.list == [1, 2, 3]                          | true",
                "headers.messageId                               | \"m1\"",
                "headers.attributes.team                         | \"red\"",
                "headers.receiveCount > 1                        | true",
                "headers.sentAt                                  | \"2024-05-01T22:30:00Z\"",
                "headers.sentAt + duration('90m')                | \"2024-05-02T00:00:00Z\"",
                "duration('90m')                                 | \"5400s\"",
                "duration('250ms')                               | \"0.25s\"",
                "duration('0s')                                  | \"0s\"",
                "headers.sentAt < timestamp('2025-01-01T00:00:00Z')   | true",
                "timestamp(0)                                    | \"1970-01-01T00:00:00Z\"",
                "headers.sentAt.getFullYear()                    | 2024",
                "b'abc'                                          | \"YWJj\"",
                "date(headers.sentAt)                            | \"2024-05-01\"",
                "date(headers.sentAt, 'Europe/Berlin')           | \"2024-05-02\"",
                "date(headers.sentAt, '-03:00')                  | \"2024-05-01\"",
                "date(headers.sentAt + duration('90m'))          | \"2024-05-02\"",
                "date(headers.sentAt + duration('0s'), 'Europe/' + 'Berlin') | \"2024-05-02\"",
            })
    void evaluates(String text, String expected) throws ExpressionException {
        assertThat(JsonWriter.write(evaluate(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // Berlin is at +01:00 until 2024-03-31T01:00Z and at +02:00 afterwards
        "2024-03-30T22:59:59Z, 2024-03-30",
        "2024-03-30T23:00:00Z, 2024-03-31",
        "2024-03-31T21:59:59Z, 2024-03-31",
        "2024-03-31T22:00:00Z, 2024-04-01",
    })
    void dateFollowsSummerTime(String instant, String expected) throws ExpressionException {
        String text = "date(timestamp('" + instant + "'), 'Europe/Berlin')";
        assertThat(evaluate(text)).isEqualTo(Value.of(expected));
    }

    @Test
    void dateOfDaysBefore1970AndInTurn() throws ExpressionException {
        assertThat(evaluate("date(timestamp('1969-12-31T23:59:59.999Z'))")).isEqualTo(Value.of("1969-12-31"));
        assertThat(evaluate("date(timestamp('1970-01-01T00:00:00Z'))")).isEqualTo(Value.of("1970-01-01"));
        assertThat(evaluate("date(timestamp('0001-01-01T00:00:00Z'))")).isEqualTo(Value.of("0001-01-01"));
    }

    @Test
    void aPathKeepsTheValueAsItIs() throws ExpressionException {
        assertThat(evaluate("body.big")).isEqualTo(JsonReader.read("12345678901234567890"));
    }

    @Test
    void aNumberBeyond64BitsIsADoubleInACalculation() throws ExpressionException {
        assertThat(evaluate("body.big + 0.0")).isEqualTo(Value.of(new BigDecimal("1.2345678901234567E19")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "9223372036854775808", "1e400"})
    void aNumberOfAnySizeCanBeCompared(String number) throws ExpressionException {
        Expression expression = compiler.compile("body.x > 5 || body.x <= 5");
        assertThat(expression.test(Records.withBody(JsonReader.read("{\"x\":" + number + "}"))))
                .isTrue();
    }

    @Test
    void aBodyThatIsTextCanBeMatched() throws ExpressionException {
        assertThat(compiler.compile("body.startsWith('x')").test(Records.withBody(Value.of("xyz"))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "body.i == 7 | true",
                "has(body.nope) | false",
                "!has(body.nope) | true",
                "body.b | true",
            })
    void tests(String text, boolean expected) throws ExpressionException {
        assertThat(compiler.compile(text).test(Records.withBody(JsonReader.read(BODY))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "body.n | null",
                "body.s | text",
                "body.i + 1 | number",
                "[body.i] | list",
                "type(1) | of another kind",
                "headers.sentAt | timestamp",
            })
    void aConditionThatIsNoBooleanIsRejected(String text, String found) throws ExpressionException {
        Expression condition = compiler.compile(text);
        assertThatThrownBy(() -> condition.test(Records.withBody(JsonReader.read(BODY))))
                .isInstanceOf(RejectedException.class)
                .hasMessage("condition_not_boolean: the condition's result must be true or false, and is " + found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "body.s                   | s             | false",
                "body.a.b + body['c-d']   | a.b,c-d       | false",
                "has(body.a.b) && 1 > 2   | a.b           | false",
                "date(headers.sentAt)     | ``            | false",
                "body.list[0].ip          | list          | false",
                "body.list.map(x, x.ip)   | list          | false",
                "body[headers.messageId]  | ``            | true",
                "body[body.key]           | key           | true",
                "size(body)               | ``            | true",
                "{'all': body}            | ``            | true",
                "[1].map(body, body)      | ``            | true",
                "body.a ? body.b : body.c | a,b,c         | false",
                "body['a\"b']['c\\\\d']   | [\"a\\\"b\"][\"c\\\\d\"] | false",
            })
    void tellsWhatItReads(String text, String paths, boolean wholeBody) throws ExpressionException {
        Expression expression = compiler.compile(text);
        assertThat(expression.reads())
                .containsExactlyInAnyOrderElementsOf(Stream.of(paths.split(","))
                        .filter(path -> !path.isEmpty())
                        .map(FieldPath::parse)
                        .toList());
        assertThat(expression.readsWholeBody()).isEqualTo(wholeBody);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "has(body.a.b)               | true",
                "`body.a.b == 'x' || 1 > 2`  | true",
                "body.list.exists(x, x == 1) | true",
                "body.s                      | false",
                "body.a.b ? 'x' : body.s     | false",
                "true ? body.s : true        | false",
                "size(body.s)                | false",
            })
    void tellsWhetherItsResultIsABooleanInAnyCase(String text, boolean condition) throws ExpressionException {
        assertThat(compiler.compile(text).isCondition()).isEqualTo(condition);
    }

    @Test
    void manyThreadsMayEvaluateOneExpression() throws Exception {
        Expression expression = compiler.compile("body.list.map(x, x + body.i)");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Stream<Callable<Boolean>> calls = IntStream.range(0, 400).mapToObj(i -> () -> {
                Value body = JsonReader.read("{\"list\":[1,2],\"i\":" + i + "}");
                return expression
                        .evaluate(Records.withBody(body))
                        .equals(JsonReader.read("[" + (i + 1) + "," + (i + 2) + "]"));
            });
            for (Future<Boolean> result : threads.invokeAll(calls.toList())) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Value evaluate(String text) throws ExpressionException {
        return compiler.compile(text).evaluate(Records.withBody(JsonReader.read(BODY)));
    }
}
