package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.engine.DecodeConfig.Envelope;
import io.etlkit.engine.DecodeConfig.Format;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvelopeTest extends PipelineFixture {
    private static final String LOGIN = "{\"user_id\":\"u1\",\"ip\":\"10.99.88.77\"}";

    private static final String EVENT = """
            {"version":"0","id":"e1","detail-type":"Login","source":"app.logins","account":"123456789012",
             "time":"2026-01-02T03:04:05Z","region":"us-east-1","resources":["arn:r"],"detail":%s}""".formatted(LOGIN);

    private static final String S3_POINTER =
            "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":\"b\",\"s3Key\":\"k\"}]";

    private final List<EtlRecord> seen = new ArrayList<>();

    private static String notification(String message) {
        return """
               {"Type":"Notification","MessageId":"n1","TopicArn":"arn:aws:sns:us-east-1:1:logins","Subject":"s",
                "Message":%s,"Timestamp":"2026-01-02T03:04:05.678Z","SignatureVersion":"1","Signature":"x",
                "MessageAttributes":{"tenant":{"Type":"String","Value":"t1"},"odd":7}}""".formatted(JsonWriter.write(Value.of(message)));
    }

    private RunReport runWith(Format format, Envelope envelope, PipelineBuilder pipeline) throws InterruptedException {
        return run(pipeline.decode(
                        DecodeConfig.builder().format(format).envelope(envelope).build())
                .transform(
                        FakeTransform.of("look", record -> {
                            seen.add(record);
                            return List.of(record);
                        }),
                        new FakeTransform.Config()));
    }

    private EtlRecord decoded(Envelope envelope, String text) throws InterruptedException {
        source.add(text);
        RunReport report = runWith(Format.JSON, envelope, pipeline());
        assertThat(report.failure()).isEmpty();
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }

    private String reason(Envelope envelope, String text) throws InterruptedException {
        source.add(text);
        runWith(Format.JSON, envelope, pipelineWithDeadLetters());
        assertThat(seen).isEmpty();
        assertThat(deadLetters.letters).extracting(DeadLetter::stage).containsExactly(DeadLetter.Stage.DECODE);
        DeadLetter letter = deadLetters.letters.remove(0);
        return letter.rejection().reason() + ": " + letter.rejection().message();
    }

    private static Value snsHeader() {
        return Value.of(Map.of(
                "messageId", Value.of("n1"),
                "topicArn", Value.of("arn:aws:sns:us-east-1:1:logins"),
                "subject", Value.of("s"),
                "timestamp", Value.of(Instant.parse("2026-01-02T03:04:05.678Z")),
                "attributes", Value.of(Map.of("tenant", Value.of("t1")))));
    }

    private static Value eventHeader() {
        return Value.of(Map.of(
                "id", Value.of("e1"),
                "source", Value.of("app.logins"),
                "detailType", Value.of("Login"),
                "time", Value.of(Instant.parse("2026-01-02T03:04:05Z")),
                "account", Value.of("123456789012"),
                "region", Value.of("us-east-1"),
                "resources", Value.of(List.of(Value.of("arn:r")))));
    }

    @Test
    void aNotificationsMessageIsTheBodyAndTheRestIsAHeader() throws Exception {
        EtlRecord record = decoded(Envelope.SNS, notification(LOGIN));

        assertThat(record.body()).isEqualTo(JsonReader.read(LOGIN));
        assertThat(record.headers())
                .containsEntry("messageId", Value.of("m1"))
                .containsEntry("sns", snsHeader())
                .doesNotContainKey("eventbridge");
    }

    @Test
    void aNotificationMayCarryPlainText() throws Exception {
        source.add(notification("hello [world]"));
        runWith(Format.TEXT, Envelope.SNS, pipeline());

        assertThat(seen)
                .extracting(EtlRecord::body)
                .containsExactly(ObjectValue.empty().with("text", Value.of("hello [world]")));
    }

    @Test
    void anEventsDetailIsTheBodyAndTheRestIsAHeader() throws Exception {
        EtlRecord record = decoded(Envelope.EVENTBRIDGE, EVENT);

        assertThat(record.body()).isEqualTo(JsonReader.read(LOGIN));
        assertThat(record.headers()).containsEntry("eventbridge", eventHeader()).doesNotContainKey("sns");
    }

    @Test
    void autoTakesANotification() throws Exception {
        EtlRecord record = decoded(Envelope.AUTO, notification(LOGIN));

        assertThat(record.body()).isEqualTo(JsonReader.read(LOGIN));
        assertThat(record.headers()).containsEntry("sns", snsHeader());
    }

    @Test
    void autoTakesAnEvent() throws Exception {
        EtlRecord record = decoded(Envelope.AUTO, EVENT);

        assertThat(record.body()).isEqualTo(JsonReader.read(LOGIN));
        assertThat(record.headers()).containsEntry("eventbridge", eventHeader());
    }

    @Test
    void autoTakesAnEventInANotification() throws Exception {
        EtlRecord record = decoded(Envelope.AUTO, notification(EVENT));

        assertThat(record.body()).isEqualTo(JsonReader.read(LOGIN));
        assertThat(record.headers()).containsEntry("sns", snsHeader()).containsEntry("eventbridge", eventHeader());
    }

    @Test
    void autoTakesAMessageThatIsNotWrappedAsItIs() throws Exception {
        EtlRecord record = decoded(Envelope.AUTO, LOGIN);

        assertThat(record.body()).isEqualTo(JsonReader.read(LOGIN));
        assertThat(record.headers()).doesNotContainKeys("sns", "eventbridge");
    }

    @Test
    void autoTakesWhatLacksARequiredFieldAsItIs() throws Exception {
        String almost = "{\"Type\":\"Notification\",\"MessageId\":\"n1\",\"Message\":\"{}\"}";
        assertThat(decoded(Envelope.AUTO, almost).body()).isEqualTo(JsonReader.read(almost));
    }

    @Test
    void anEnvelopeThatIsNotThereRejects() throws Exception {
        String noNotification =
                "not_an_envelope: the message is no SNS notification: it needs Type \"Notification\" and the"
                        + " texts MessageId, TopicArn and Message; a subscription with raw message delivery needs no envelope";
        String noEvent =
                "not_an_envelope: the message is no EventBridge event: it needs the texts version, id, detail-type"
                        + " and source, and the object detail";

        assertThat(reason(Envelope.SNS, LOGIN)).isEqualTo(noNotification);
        assertThat(reason(Envelope.SNS, EVENT)).isEqualTo(noNotification);
        assertThat(reason(
                        Envelope.SNS,
                        "{\"Type\":\"SubscriptionConfirmation\",\"MessageId\":\"n\",\"TopicArn\":\"t\","
                                + "\"Message\":\"m\"}"))
                .isEqualTo(noNotification);
        assertThat(reason(Envelope.EVENTBRIDGE, notification(EVENT))).isEqualTo(noEvent);
        assertThat(reason(Envelope.EVENTBRIDGE, EVENT.replace(LOGIN, "\"text\"")))
                .isEqualTo(noEvent);
        assertThat(reason(Envelope.EVENTBRIDGE, "[1]"))
                .isEqualTo("not_an_envelope: the message is no EventBridge event");
    }

    @Test
    void whatIsWrappedMustBeAnObjectToo() throws Exception {
        assertThat(reason(Envelope.SNS, notification("[1]")))
                .isEqualTo("not_an_object: the message is JSON, but not an object: list");
        assertThat(reason(Envelope.SNS, notification("hello"))).startsWith("malformed_json: ");
        assertThat(reason(Envelope.AUTO, notification("hello"))).startsWith("malformed_json: ");
        assertThat(reason(Envelope.AUTO, "\"text\""))
                .isEqualTo("not_an_object: the message is JSON, but not an object: text");
        assertThat(reason(Envelope.AUTO, "{")).startsWith("malformed_json: ");
    }

    @Test
    void aPointerToS3IsRefusedClearlyWhateverTheEnvelope() throws Exception {
        String refused = "s3_pointer: the message is the SQS extended client's pointer to a payload in S3, which is not"
                + " fetched; send the payload itself, or have a consumer with that client read this queue";
        for (Envelope envelope : Envelope.values()) {
            assertThat(reason(envelope, S3_POINTER)).as("%s", envelope).isEqualTo(refused);
        }
        assertThat(reason(
                        Envelope.NONE,
                        " " + S3_POINTER.replace("software.amazon.payloadoffloading.Payload", "x.Message")))
                .isEqualTo(refused);
        assertThat(reason(Envelope.SNS, notification(S3_POINTER))).isEqualTo(refused);
        assertThat(reason(Envelope.AUTO, notification(S3_POINTER))).isEqualTo(refused);
    }

    @Test
    void aPointerToS3IsNotTakenForPlainTextEither() throws Exception {
        source.add(S3_POINTER);
        source.add("[\"s3BucketName\" is what I wanted to talk about");
        RunReport report = runWith(Format.TEXT, Envelope.NONE, pipelineWithDeadLetters());

        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(report.written()).isEqualTo(1);
    }

    @Test
    void theGuardAndTheDeadLettersKnowTheBodyInTheEnvelopeAndTheMessageAsItCame() throws Exception {
        String wrapped = notification(LOGIN);
        source.add(wrapped);
        RunReport report = runWith(
                Format.JSON,
                Envelope.SNS,
                pipeline()
                        .pii(List.of(FieldPath.parse("ip")))
                        .deadLetters(
                                deadLetters.factory(),
                                new FakeDeadLetters.Config(),
                                DeadLetterPolicy.builder()
                                        .original(DeadLetterPolicy.Original.CLEAR)
                                        .build()));

        assertThat(report.deadLettered()).isEqualTo(1);
        assertThat(deadLetters.letters).singleElement().satisfies(letter -> {
            assertThat(letter.rejection().reason()).isEqualTo("pii_leak");
            assertThat(letter.original())
                    .isEqualTo(new DeadLetter.Clear(Value.of(wrapped), Map.of("messageId", Value.of("m1"))));
        });
    }
}
