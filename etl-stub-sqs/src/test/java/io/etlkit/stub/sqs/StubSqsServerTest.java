package io.etlkit.stub.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What the AWS SDK makes of the stub; the SDK itself checks the MD5 of each message it sends or receives. */
class StubSqsServerTest {
    private static final String QUEUE = "queue";

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int last = opened.size() - 1; last >= 0; last--) {
            opened.get(last).close();
        }
    }

    @Test
    void handsOutAndDeletesWhatWasPreloaded() {
        UserLoginMessages messages = new UserLoginMessages(7, 25);
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE, Duration.ofSeconds(30), messages, 25));
        SqsClient client = clientOf(server);

        List<Message> received = new ArrayList<>();
        for (List<Message> some = receive(client, server); !some.isEmpty(); some = receive(client, server)) {
            assertThat(delete(client, server, some).failed()).isEmpty();
            received.addAll(some);
        }

        assertThat(received)
                .extracting(Message::body)
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj(messages::text).toList());
        assertThat(received).extracting(Message::messageId).doesNotHaveDuplicates();
        QueueBooks books = server.books(QUEUE);
        assertThat(books.sent()).isEqualTo(25);
        assertThat(books.received()).isEqualTo(25);
        assertThat(books.deleted()).isEqualTo(25);
        assertThat(books.inFlight()).isZero();
        assertThat(books.lastDelete()).isPresent();
    }

    @Test
    void tellsOnlyTheAttributesThatWereAskedFor() {
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE));
        SqsClient client = clientOf(server);
        long before = System.currentTimeMillis();
        server.send(QUEUE, List.of("a"));

        Message message = client.receiveMessage(request -> request.queueUrl(server.queueUrl(QUEUE))
                        .messageSystemAttributeNames(
                                MessageSystemAttributeName.SENT_TIMESTAMP,
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                .messages()
                .get(0);

        assertThat(message.attributes())
                .containsOnlyKeys(
                        MessageSystemAttributeName.SENT_TIMESTAMP, MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
        assertThat(Long.parseLong(message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP)))
                .isBetween(before, System.currentTimeMillis());
    }

    @Test
    void takesInAnyTextAndGivesItBackUnchanged() {
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE));
        SqsClient client = clientOf(server);
        String text = "quote \" backslash \\ newline \n tab \t umlaut \u00fc emoji \ud83d\ude00";

        client.sendMessage(request -> request.queueUrl(server.queueUrl(QUEUE)).messageBody(text));
        client.sendMessageBatch(request -> request.queueUrl(server.queueUrl(QUEUE))
                .entries(SendMessageBatchRequestEntry.builder()
                        .id("one")
                        .messageBody(text)
                        .build()));

        assertThat(receive(client, server)).extracting(Message::body).containsExactly(text, text);
    }

    @Test
    void aLongPollIsAnsweredWhenAMessageComes() {
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE));
        SqsClient client = clientOf(server);
        CompletableFuture<List<Message>> poll = CompletableFuture.supplyAsync(() -> client.receiveMessage(
                        request -> request.queueUrl(server.queueUrl(QUEUE)).waitTimeSeconds(20))
                .messages());
        await("the poll has reached the server").until(() -> server.requests() == 1);

        server.send(QUEUE, List.of("late"));

        assertThat(poll.orTimeout(10, TimeUnit.SECONDS).join())
                .extracting(Message::body)
                .containsExactly("late");
    }

    @Test
    void aMessageThatIsNotDeletedIsDeliveredAgainAndItsOldReceiptIsWorthNothing() {
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE, Duration.ofMillis(100)));
        SqsClient client = clientOf(server);
        server.send(QUEUE, List.of("again"));
        List<Message> first = receive(client, server);

        List<Message> second = client.receiveMessage(
                        request -> request.queueUrl(server.queueUrl(QUEUE)).waitTimeSeconds(10))
                .messages();
        assertThat(second)
                .extracting(Message::messageId)
                .containsExactly(first.get(0).messageId());
        delete(client, server, first);

        QueueBooks books = server.books(QUEUE);
        assertThat(books.expired()).isPositive();
        assertThat(books.redelivered()).isPositive();
        assertThat(books.staleDeletes()).isEqualTo(1);
        assertThat(books.deleted()).isZero();
    }

    @Test
    void countsWhatIsDeletedTwice() {
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE));
        SqsClient client = clientOf(server);
        server.send(QUEUE, List.of("once"));
        List<Message> received = receive(client, server);

        delete(client, server, received);
        delete(client, server, received);

        assertThat(server.books(QUEUE).deleted()).isEqualTo(1);
        assertThat(server.books(QUEUE).doubleDeletes()).isEqualTo(1);
    }

    @Test
    void aVisibilityOfZeroGivesTheMessageBackAndALongerOneKeepsIt() {
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE));
        SqsClient client = clientOf(server);
        server.send(QUEUE, List.of("a", "b"));
        List<Message> received = receive(client, server);

        client.changeMessageVisibility(request -> request.queueUrl(server.queueUrl(QUEUE))
                .receiptHandle(received.get(0).receiptHandle())
                .visibilityTimeout(0));
        client.changeMessageVisibility(request -> request.queueUrl(server.queueUrl(QUEUE))
                .receiptHandle(received.get(1).receiptHandle())
                .visibilityTimeout(60));

        assertThat(receive(client, server)).extracting(Message::body).containsExactly("a");
        assertThat(server.books(QUEUE).released()).isEqualTo(1);
        assertThat(server.books(QUEUE).extended()).isEqualTo(1);
    }

    @Test
    void tellsItsCounts() {
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE, Duration.ofSeconds(45)));
        SqsClient client = clientOf(server);
        server.send(QUEUE, IntStream.range(0, 12).mapToObj(Integer::toString).toList());
        receive(client, server);
        String url = client.getQueueUrl(request -> request.queueName(QUEUE)).queueUrl();

        assertThat(client.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "2")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "10")
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "45");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE));
        SqsClient client = clientOf(server);

        assertThatThrownBy(() -> client.getQueueUrl(request -> request.queueName("other")))
                .isInstanceOf(QueueDoesNotExistException.class);
        assertThatThrownBy(() -> client.deleteMessage(
                        request -> request.queueUrl(server.queueUrl(QUEUE)).receiptHandle("made up")))
                .isInstanceOf(ReceiptHandleIsInvalidException.class);
        assertThatThrownBy(() -> client.listQueues()).isInstanceOf(SqsException.class);
    }

    @Test
    void aRefusedEntryFailsAlone() {
        StubSqsServer server = open(StubSqsServer.builder().queue(QUEUE));
        SqsClient client = clientOf(server);
        server.send(QUEUE, List.of("a"));
        String receipt = receive(client, server).get(0).receiptHandle();

        DeleteMessageBatchResponse answer = client.deleteMessageBatch(request ->
                request.queueUrl(server.queueUrl(QUEUE)).entries(entry("bad", "made up"), entry("good", receipt)));

        assertThat(answer.successful()).extracting(entry -> entry.id()).containsExactly("good");
        assertThat(answer.failed()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo("bad");
            assertThat(entry.senderFault()).isTrue();
        });
    }

    @Test
    void callsGoWrongAsTold() {
        StubSqsServer server = open(StubSqsServer.builder()
                .queue(QUEUE)
                .faults((action, call) -> action == SqsAction.RECEIVE_MESSAGE && call == 0
                        ? new Fault.Refusal(503, "ServiceUnavailable")
                        : new Fault.LateAnswer(Duration.ofMillis(150))));
        SqsClient client = clientOf(server);
        server.send(QUEUE, List.of("a"));
        long start = System.nanoTime();

        assertThat(receive(client, server)).extracting(Message::body).containsExactly("a");

        assertThat(server.requests()).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(150));
    }

    private StubSqsServer open(StubSqsServer.Builder builder) {
        StubSqsServer server = builder.start();
        opened.add(server);
        return server;
    }

    private SqsClient clientOf(StubSqsServer server) {
        SqsClient client = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
        opened.add(client);
        return client;
    }

    private static List<Message> receive(SqsClient client, StubSqsServer server) {
        return client.receiveMessage(
                        request -> request.queueUrl(server.queueUrl(QUEUE)).maxNumberOfMessages(10))
                .messages();
    }

    private static DeleteMessageBatchResponse delete(SqsClient client, StubSqsServer server, List<Message> messages) {
        return client.deleteMessageBatch(request -> request.queueUrl(server.queueUrl(QUEUE))
                .entries(messages.stream()
                        .map(message -> entry(message.messageId(), message.receiptHandle()))
                        .toList()));
    }

    private static DeleteMessageBatchRequestEntry entry(String id, String receipt) {
        return DeleteMessageBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(receipt)
                .build();
    }
}
