package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Original;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetter.Stage;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.RecordKey;
import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the engine relies on in every {@link DeadLetterSink}. A plugin's test extends it and inherits the tests. Each test
 * starts with an empty target.
 */
@Timeout(60)
public abstract class DeadLetterSinkContract {
    /** For subclasses. */
    protected DeadLetterSinkContract() {}

    /** Opens a dead-letter sink over the test's own, empty target; the contract closes it. */
    protected abstract DeadLetterSink open(TestContext context);

    /** The reason of each letter that is kept, by the id of its key, as somebody else reads the target. */
    protected abstract Map<String, String> reasons();

    @Test
    void hasKeptTheLettersWhenItReturns() throws InterruptedException {
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            sink.write(List.of(
                    letter("sealed", "malformed_json", new Sealed(new byte[] {0, 1, -1})),
                    letter(
                            "clear",
                            "missing_field",
                            new Clear(Value.of("{\"a\":\"ü\n\"}"), Map.of("sentAt", Value.of(TestRecords.SENT_AT)))),
                    letter("omitted", "guarded_value", new Omitted())));

            assertThat(reasons())
                    .isEqualTo(Map.of(
                            "sealed", "malformed_json",
                            "clear", "missing_field",
                            "omitted", "guarded_value"));
        }
    }

    @Test
    void replacesALetterOfTheSamePipelineAndKey() throws InterruptedException {
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            sink.write(List.of(letter("one", "first_reason", new Omitted())));
            sink.write(List.of(
                    letter("other", "other_reason", new Omitted()), letter("one", "second_reason", new Omitted())));

            assertThat(reasons()).isEqualTo(Map.of("one", "second_reason", "other", "other_reason"));
        }
    }

    @Test
    void keepsTheLastOfTwoLettersOfOneKeyInABatch() throws InterruptedException {
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            sink.write(List.of(
                    letter("one", "first_reason", new Omitted()), letter("one", "second_reason", new Omitted())));

            assertThat(reasons()).isEqualTo(Map.of("one", "second_reason"));
        }
    }

    @Test
    void keepsLettersOverARestart() throws InterruptedException {
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            sink.write(List.of(letter("one", "first_reason", new Omitted())));
        }
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            sink.write(IntStream.range(0, 100)
                    .mapToObj(number -> letter("more-" + number, "later_reason", new Omitted()))
                    .toList());
        }
        assertThat(reasons()).hasSize(101).containsEntry("one", "first_reason");
    }

    /** A letter of the pipeline {@code test}, rejected in the first transform because of the field {@code device.ip}. */
    protected static DeadLetter letter(String id, String reason, Original original) {
        return new DeadLetter(
                "test",
                new RecordKey(id, TestRecords.SENT_AT),
                Stage.TRANSFORM,
                Optional.of("transforms[0].mask"),
                Rejection.of(reason, FieldPath.parse("device.ip"), "what is wrong, in a sentence"),
                3,
                TestRecords.SENT_AT.plusSeconds(60),
                original);
    }
}
