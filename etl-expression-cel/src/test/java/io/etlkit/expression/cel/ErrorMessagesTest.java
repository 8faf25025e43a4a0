package io.etlkit.expression.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.etlkit.api.RejectedException;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.ExpressionCompiler;
import io.etlkit.api.config.ExpressionException;
import io.etlkit.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorMessagesTest {
    /** Stands wherever a body can hold something, and may be in no message. */
    private static final String CANARY = "canary7";

    private static final String BODY = """
            {"n": null, "i": 7, "s": "canary7", "list": ["canary7"], "o": {"canary7": "canary7"}, "canary7": 1,
             "max": 9223372036854775807, "zero": 0}""";

    private final ExpressionCompiler compiler = new CelExpressionCompiler();

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "bdy.x | 1 | 1 | unknown name \"bdy\"; did you mean \"body\"?",
                "1 + header.x | 1 | 5 | unknown name \"header\"; did you mean \"headers\"?",
                "zzzzzz.x | 1 | 1 | unknown name \"zzzzzz\"; an expression sees body and headers",
                "dat(headers.sentAt) | 1 | 1 | unknown function \"dat\"; did you mean \"date\"?",
                "body.s.uperAscii() | 1 | 8 | unknown function \"uperAscii\"; did you mean \"upperAscii\"?",
                "frobnicate(1) | 1 | 1 | unknown function \"frobnicate\"",
                "1 + | 1 | 4 | the expression ends too early",
                "body. | 1 | 6 | not understood at '.'; a field whose name is no plain word is written body[\"name\"]",
                "body.in | 1 | 6 | not understood at '.in'; a field whose name is no plain word is written body[\"name\"]",
                "body.a b | 1 | 8 | not understood at 'b'; a field whose name is no plain word is written body[\"name\"]",
                "'a' > 1 | 1 | 5 | operator > does not take (string, int)",
                "date(1) | 1 | 5 | date does not take (int); it takes (timestamp) or (timestamp, string)",
                "date(headers.sentAt, 'Mars/Olympus') | 1 | 22 | unknown time zone \"Mars/Olympus\"; write one as"
                        + " \"Europe/Berlin\", \"UTC\" or \"+02:00\"",
                "1 + 1 == 2 && date(headers.sentAt, 'X') == '' | 1 | 36 | unknown time zone \"X\"; write one as"
                        + " \"Europe/Berlin\", \"UTC\" or \"+02:00\"",
                "has(body) | 1 | 4 | invalid argument to has() macro",
            })
    void doesNotCompile(String text, int line, int column, String message) {
        ExpressionException error = compileError(text);
        assertThat(error).hasMessage(message);
        assertThat(error.line()).isEqualTo(line);
        assertThat(error.column()).isEqualTo(column);
    }

    @Test
    void countsLines() {
        ExpressionException error = compileError("body.a > 1 &&\n    bdy.x");
        assertThat(error.line()).isEqualTo(2);
        assertThat(error.column()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n", "'", "\"", "[", "{", "body[", ")", "#", "\0", "\ud800", "a ? b", "1..2"})
    void whateverIsWrittenGivesAPlaceInTheText(String text) {
        ExpressionException error = compileError(text);
        assertThat(error.line()).isBetween(1, 2);
        assertThat(error.column()).isBetween(1, text.length() + 1);
        assertThat(error.getMessage()).isNotBlank();
    }

    @Test
    void refusesExpressionsThatAreTooDeepOrTooLong() {
        assertThat(compileError("(".repeat(200) + "1" + ")".repeat(200)))
                .hasMessage("Expression recursion limit exceeded. limit: 100");
        assertThat(compileError("1 + ".repeat(10_000) + "1"))
                .hasMessageContaining("expression code point size exceeds limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "body.nope | ATTRIBUTE_NOT_FOUND at line 1, column 5 of the expression: a field or key that it reads is not"
                        + " there; has(...) tells whether one is",
                "1 + body.o['nope'] | ATTRIBUTE_NOT_FOUND at line 1, column 11 of the expression: a field or key that it"
                        + " reads is not there; has(...) tells whether one is",
                "body.s.x + '' | ATTRIBUTE_NOT_FOUND at line 1, column 7 of the expression: a field or key that it reads is"
                        + " not there; has(...) tells whether one is",
                "body.list[5] | INDEX_OUT_OF_BOUNDS at line 1, column 10 of the expression: a list is shorter than it"
                        + " expects",
                "body.i / body.zero | DIVIDE_BY_ZERO at line 1, column 8 of the expression: it divides by zero",
                "body.max + 1 | NUMERIC_OVERFLOW at line 1, column 10 of the expression: a number is out of range",
                "body.s + 1 | OVERLOAD_NOT_FOUND at line 1, column 8 of the expression: an operator or function does not"
                        + " take a value of this kind",
                "date(body.s) | OVERLOAD_NOT_FOUND at line 1, column 5 of the expression: an operator or function does not"
                        + " take a value of this kind",
                "date(headers.sentAt, body.s) | INVALID_ARGUMENT at line 1, column 5 of the expression: an operator or"
                        + " function got a value that it can not work with",
                "int(body.s) | BAD_FORMAT at line 1, column 4 of the expression: a text is not written as the conversion"
                        + " needs it",
                "timestamp(body.s) | BAD_FORMAT at line 1, column 10 of the expression: a text is not written as the"
                        + " conversion needs it",
                "body.s ? 1 : 2 | INVALID_ARGUMENT at line 1, column 5 of the expression: an operator or function got a"
                        + " value that it can not work with",
                "body.n && true | INVALID_ARGUMENT at line 1, column 5 of the expression: an operator or function got a"
                        + " value that it can not work with",
                "{body.s: 1, 'canary7': 2} | DUPLICATE_ATTRIBUTE at line 1, column 22 of the expression: a map would hold"
                        + " the same key twice",
                "body.s.substring(100) | INTERNAL_ERROR of the expression: it can not be evaluated",
                "body.s.matches(body.s + '(') | INVALID_ARGUMENT at line 1, column 15 of the expression: an operator or"
                        + " function got a value that it can not work with",
                "headers.sentAt.getHours(body.s) | BAD_FORMAT at line 1, column 24 of the expression: a text is not"
                        + " written as the conversion needs it",
            })
    void doesNotEvaluate(String text, String message) throws ExpressionException {
        RejectedException rejected = rejection(compiler.compile(text));
        assertThat(rejected).hasMessage("expression_failed: CEL error " + message);
        assertThat(rejected).hasNoCause();
        assertThat(rejected.getSuppressed()).isEmpty();
        assertThat(rejected.getMessage()).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0 / 0.0", "1.0 / 0.0", "type(body.s)", "{1: body.s}", "[[type(1)]]", "{'a': {true: 1}}"})
    void aResultThatNoRecordCanHoldIsRejected(String text) throws ExpressionException {
        assertThat(rejection(compiler.compile(text)))
                .hasMessage(
                        "expression_failed: the expression's result is nothing that a record can hold: NaN, an infinite"
                                + " number, a type, or a map with a key that is no string");
    }

    @Test
    void loopsThatTakeTooManyTurnsAreStopped() throws ExpressionException {
        StringBuilder text = new StringBuilder("1");
        for (int level = 0; level < 9; level++) {
            text.insert(0, "[1,2,3,4,5,6].map(i" + level + ", ").append(")");
        }
        assertThat(rejection(compiler.compile(text.toString())))
                .hasMessage(
                        "expression_failed: CEL error ITERATION_BUDGET_EXCEEDED of the expression: its loops take too"
                                + " many turns");
    }

    private ExpressionException compileError(String text) {
        ExpressionException error = catchThrowableOfType(ExpressionException.class, () -> compiler.compile(text));
        assertThat(error).as(text).isNotNull();
        return error;
    }

    private static RejectedException rejection(Expression expression) {
        RejectedException rejected = catchThrowableOfType(
                RejectedException.class, () -> expression.evaluate(Records.withBody(JsonReader.read(BODY))));
        assertThat(rejected).as(expression.text()).isNotNull();
        return rejected;
    }
}
