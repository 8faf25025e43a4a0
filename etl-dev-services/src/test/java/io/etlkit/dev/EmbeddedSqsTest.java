package io.etlkit.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class EmbeddedSqsTest {
    private static EmbeddedSqs server;
    private static SqsClient client;

    @BeforeAll
    static void start() {
        server = EmbeddedSqs.start();
        client = SqsClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(server.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKeyId(), server.secretAccessKey())))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void deliversBodiesAsTheyWereSent() {
        String url = server.createQueue("bodies");
        List<String> bodies = List.of(
                "{\"a\":\"ü & + % = 日本 \uD83D\uDE00\"}", " leading and trailing ", "line\nbreak\ttab", "<x>&amp;");
        server.send("bodies", bodies);

        assertThat(receiveAll(url, bodies.size()))
                .extracting(Message::body)
                .containsExactlyInAnyOrderElementsOf(bodies);
    }

    @Test
    void sendsMoreMessagesThanOneRequestTakes() {
        server.createQueue("many");
        server.send("many", IntStream.range(0, 25).mapToObj(Integer::toString).toList());

        assertThat(server.depth("many")).isEqualTo(25);
    }

    @Test
    void sendsMessagesAsLargeAsAwsTakes() {
        server.createQueue("large");
        server.send("large", List.of("x".repeat(1024 * 1024), "\"".repeat(1024 * 1024)));

        assertThat(server.depth("large")).isEqualTo(2);
        assertThatThrownBy(() -> server.send("large", List.of("x".repeat(1024 * 1024 + 1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the embedded SQS refused");
    }

    @Test
    void countsWhatIsInFlight() {
        String url = server.createQueue("counted");
        server.send("counted", List.of("a", "b"));
        receiveAll(url, 2);

        assertThat(server.depth("counted")).isEqualTo(2);
    }

    @Test
    void givesQueuesALongVisibilityTimeoutUnlessToldOtherwise() {
        assertThat(visibilityTimeout(server.createQueue("default"))).isEqualTo("120");
        assertThat(visibilityTimeout(server.createQueue("short", Map.of("VisibilityTimeout", "1"))))
                .isEqualTo("1");
    }

    @Test
    void keepsTheOrderOfAFifoQueue() {
        String url = server.createQueue("ordered.fifo");
        List<String> bodies = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        server.send("ordered.fifo", bodies);

        assertThat(receiveAll(url, 10)).extracting(Message::body).isEqualTo(bodies);
    }

    @Test
    void saysWhenThereIsNoSuchQueue() {
        assertThatThrownBy(() -> server.send("missing", List.of("secret")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the embedded SQS refused GetQueueUrl: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void forgetsADeletedQueue() {
        server.createQueue("deleted");
        server.deleteQueue("deleted");

        assertThatThrownBy(() -> server.depth("deleted")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void freesItsPortAndItsThreads() {
        EmbeddedSqs other = EmbeddedSqs.start();
        int port = other.endpoint().getPort();
        other.close();
        other.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    private static List<Message> receiveAll(String url, int count) {
        List<Message> received = new ArrayList<>();
        for (int i = 0; i < 20 && received.size() < count; i++) {
            received.addAll(client.receiveMessage(request ->
                            request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
                    .messages());
        }
        return received;
    }

    private static String visibilityTimeout(String url) {
        return client.getQueueAttributes(
                        request -> request.queueUrl(url).attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
                .attributes()
                .get(QueueAttributeName.VISIBILITY_TIMEOUT);
    }
}
