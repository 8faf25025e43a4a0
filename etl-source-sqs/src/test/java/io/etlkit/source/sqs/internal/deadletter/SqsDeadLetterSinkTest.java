package io.etlkit.source.sqs.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetter.Sealed;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.EtlPlugin;
import io.etlkit.api.RejectedException;
import io.etlkit.api.StartupException;
import io.etlkit.api.value.Value;
import io.etlkit.json.DeadLetterJson;
import io.etlkit.json.JsonReader;
import io.etlkit.source.sqs.SqsDeadLetterConfig;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.testkit.DeadLetterSinkContract;
import io.etlkit.testkit.QueueSettings;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestQueue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

@ExtendWith(SqsExtension.class)
class SqsDeadLetterSinkTest extends DeadLetterSinkContract {
    private TestQueue queue;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    @BeforeEach
    void takeQueue(TestQueue own) {
        queue = own;
    }

    @Override
    protected DeadLetterSink open(TestContext context) {
        return SqsPlugin.deadLetters().create(DeadLetterQueues.config(queue), context);
    }

    /** In the order of their arrival, which the server keeps; a later letter of a key replaces an earlier one. */
    @Override
    protected Map<String, String> reasons() {
        queue.receive(1000).forEach(message -> {
            DeadLetter letter = letter(message);
            reasons.put(letter.key().id(), letter.rejection().reason());
        });
        return reasons;
    }

    private static DeadLetter letter(Message message) {
        return DeadLetterJson.read(JsonReader.read(message.body())).orElseThrow();
    }

    @Test
    void writesALetterAsItIsDocumented() throws InterruptedException {
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            sink.write(List.of(letter("m1", "missing_field", new Sealed(new byte[] {-1, -2, -3, -4}))));
        }
        assertThat(queue.receive(10)).singleElement().satisfies(message -> {
            assertThat(message.body())
                    .isEqualTo("{\"pipeline\":\"test\",\"id\":\"m1\",\"since\":\"2026-01-02T03:04:05.678Z\","
                            + "\"stage\":\"transform\",\"step\":\"transforms[0].mask\",\"reason\":\"missing_field\","
                            + "\"field\":\"device.ip\",\"message\":\"what is wrong, in a sentence\",\"attempts\":3,"
                            + "\"failedAt\":\"2026-01-02T03:05:05.678Z\",\"original\":{\"sealed\":\"__79_A\"}}");
            assertThat(message.messageAttributes().keySet()).containsExactlyInAnyOrder("pipeline", "stage", "reason");
            assertThat(message.messageAttributes().values())
                    .extracting(MessageAttributeValue::stringValue)
                    .containsExactlyInAnyOrder("test", "transform", "missing_field");
        });
    }

    @Test
    void keepsCharactersThatSqsDoesNotTake() throws InterruptedException {
        Clear odd = new Clear(Value.of("a\0b\ud800c\uffff\ufffe\u007f\u65e5\ud83d\ude00"), Map.of());
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            sink.write(List.of(letter("m1", "missing_field", odd)));
        }
        Message message = queue.receive(10).get(0);
        assertThat(message.body()).contains("a\\u0000b\\uD800c\\uFFFF\\uFFFE\u007f\u65e5\ud83d\ude00");
        assertThat(letter(message).original()).isEqualTo(odd);
    }

    @Test
    void sendsNoMoreAtOnceThanSqsTakes() throws InterruptedException {
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            sink.write(DeadLetterQueues.letters(25, new Sealed(new byte[60_000])));
        }
        assertThat(queue.depth()).isEqualTo(25);
    }

    @Test
    void refusesALetterThatIsTooLargeAndSaysWhatToDo() throws InterruptedException {
        Sealed large = new Sealed(new byte[200_000]);
        try (DeadLetterSink sink = open(TestContext.defaults())) {
            assertThatThrownBy(() -> sink.write(List.of(letter("m1", "missing_field", large))))
                    .isInstanceOfSatisfying(
                            RejectedException.class,
                            refused -> assertThat(refused.rejection().reason()).isEqualTo("letter_too_large"))
                    .hasMessageContaining("the dead letter of message m1 has 267004 bytes as a message")
                    .hasMessageContaining("takes 262144;")
                    .hasMessageEndingWith(
                            "keep dead letters with the postgres or the file sink, or set original: omit");

            sink.write(List.of(letter("m1", "missing_field", new Omitted())));
        }
        assertThat(queue.depth()).isEqualTo(1);
    }

    @Test
    void sendsALetterToAFifoQueueOnceAndInAGroupOfItsOwn(@QueueSettings(fifo = true) TestQueue fifo)
            throws InterruptedException {
        try (DeadLetterSink sink = DeadLetterQueues.sink(DeadLetterQueues.config(fifo))) {
            List<DeadLetter> letters =
                    List.of(letter("m1", "missing_field", new Omitted()), letter("m2", "missing_field", new Omitted()));
            sink.write(letters);
            sink.write(letters);
            sink.write(List.of(letter("m1", "second_reason", new Omitted())));
        }
        assertThat(fifo.depth()).isEqualTo(3);
        assertThat(fifo.receive(10))
                .extracting(message -> message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void saysAtTheStartThatThereIsNoQueue() {
        SqsDeadLetterConfig missing = DeadLetterQueues.config("no-such-queue", queue.endpoint());

        assertThatThrownBy(() -> DeadLetterQueues.sink(missing))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("there is no SQS queue no-such-queue in us-east-1 at " + queue.endpoint())
                .hasMessageEndingWith("; create it, or fix the dead-letter sink's queue, region or endpoint");
    }

    @Test
    void saysHowItsDeadLettersAreReadAndConnectsToNothing() {
        SqsDeadLetterConfig missing = DeadLetterQueues.config("no-such-queue", URI.create("http://localhost:1"));

        assertThatThrownBy(() -> SqsPlugin.deadLetters().open(missing, TestContext.defaults()))
                .isInstanceOf(StartupException.class)
                .hasMessage(
                        "the dead letters in the SQS queue no-such-queue cannot be listed, shown or replayed here: a"
                                + " queue can only be received from; to put them through the pipeline again, run it with this"
                                + " queue as its source and decode: { format: dead-letter }");
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(EtlPlugin.class))
                .filteredOn(SqsPlugin.class::isInstance)
                .singleElement()
                .satisfies(plugin -> assertThat(plugin.deadLetterSinks())
                        .singleElement()
                        .satisfies(sink -> assertThat(sink.name()).isEqualTo("sqs")));
    }
}
