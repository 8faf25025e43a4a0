package io.etlkit.stub.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each fault as it looks on the wire. */
class StubFaultsTest {
    private static final String QUEUE = "queue";
    private static final Pattern RECEIPT = Pattern.compile("\"ReceiptHandle\":\"([^\"]*)\"");

    private final StubSqsServer server = StubSqsServer.builder().queue(QUEUE).start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpRequest request(String action, String rest) {
        return HttpRequest.newBuilder(URI.create(server.endpoint() + "/"))
                .header("X-Amz-Target", "AmazonSQS." + action)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"QueueUrl\":\"" + server.queueUrl(QUEUE) + "\"" + rest + "}"))
                .build();
    }

    private HttpResponse<String> call(String action, String rest) throws IOException, InterruptedException {
        return client.send(request(action, rest), HttpResponse.BodyHandlers.ofString());
    }

    private String receive() throws IOException, InterruptedException {
        return call("ReceiveMessage", ",\"MaxNumberOfMessages\":10").body();
    }

    private void everyReceive(Fault fault) {
        server.faults(Faults.always(SqsAction.RECEIVE_MESSAGE, fault));
    }

    @Test
    void aRefusedCallIsNotCarriedOutAndOthersGoWell() throws IOException, InterruptedException {
        everyReceive(new Fault.Refusal(400, "ThrottlingException"));
        server.send(QUEUE, List.of("a"));

        HttpResponse<String> refused = call("ReceiveMessage", "");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("com.amazonaws.sqs#ThrottlingException");
        assertThat(call("GetQueueAttributes", ",\"AttributeNames\":[\"All\"]").statusCode())
                .isEqualTo(200);
        assertThat(server.books(QUEUE).received()).isZero();
        assertThat(server.calls(SqsAction.RECEIVE_MESSAGE)).isEqualTo(1);
    }

    @Test
    void faultsCanBeChangedWhileItRuns() throws IOException, InterruptedException {
        server.send(QUEUE, List.of("a"));
        server.faults(Faults.always(new Fault.Refusal(503, "ServiceUnavailable")));
        assertThat(call("ReceiveMessage", "").statusCode()).isEqualTo(503);

        server.faults(Faults.none());

        assertThat(receive()).contains("\"Body\":\"a\"");
    }

    @Test
    void aLostAnswerIsOfACallThatWasCarriedOut() {
        server.send(QUEUE, List.of("a"));
        everyReceive(new Fault.HangUp(true));

        assertThatThrownBy(this::receive).isInstanceOf(IOException.class);
        assertThat(server.books(QUEUE).inFlight()).isPositive();
    }

    @Test
    void aHangUpIsOfACallThatWasNotCarriedOut() {
        server.send(QUEUE, List.of("a"));
        everyReceive(new Fault.HangUp(false));

        assertThatThrownBy(this::receive).isInstanceOf(IOException.class);
        assertThat(server.books(QUEUE).inFlight()).isZero();
    }

    @Test
    void aSilentServerKeepsTheConnectionAndAnswersOthers() throws IOException, InterruptedException {
        server.faults(Faults.first(SqsAction.RECEIVE_MESSAGE, new Fault.Silence(true), new Fault.Silence(false)));
        server.send(QUEUE, List.of("a"));
        CompletableFuture<HttpResponse<String>> carriedOut =
                client.sendAsync(request("ReceiveMessage", ""), HttpResponse.BodyHandlers.ofString());
        await("it was carried out").until(() -> server.books(QUEUE).inFlight() == 1);
        server.send(QUEUE, List.of("b", "c"));
        CompletableFuture<HttpResponse<String>> ignored =
                client.sendAsync(request("ReceiveMessage", ""), HttpResponse.BodyHandlers.ofString());
        await("the second one came in").until(() -> server.calls(SqsAction.RECEIVE_MESSAGE) == 2);

        assertThat(receive()).contains("\"Body\":\"b\"", "\"Body\":\"c\"");
        assertThat(carriedOut).isNotDone();
        assertThat(ignored).isNotDone();
    }

    @Test
    void aCutAnswerIsWellFormedHttpWithHalfABody() throws IOException, InterruptedException {
        server.send(QUEUE, List.of("some text"));
        everyReceive(new Fault.CutAnswer(true));

        HttpResponse<String> cut = call("ReceiveMessage", "");

        assertThat(cut.statusCode()).isEqualTo(200);
        assertThat(cut.body()).startsWith("{\"Messages\":[{\"MessageId\":").doesNotContain("some text");
        assertThat(server.books(QUEUE).inFlight()).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsCutShortEndsBeforeItsLength() {
        server.send(QUEUE, List.of("a"));
        everyReceive(new Fault.CutAnswer(false));

        assertThatThrownBy(this::receive).isInstanceOf(IOException.class);
        assertThat(server.books(QUEUE).inFlight()).isEqualTo(1);
    }

    @Test
    void aWrongMd5IsTheFirstMessages() throws IOException, InterruptedException {
        server.send(QUEUE, List.of("a", "b"));
        everyReceive(new Fault.WrongMd5());

        assertThat(receive())
                .contains("\"Body\":\"a\"", "\"Body\":\"b\"")
                .doesNotContain(MessageStore.md5Hex("a"))
                .contains(MessageStore.md5Hex("b"));
    }

    @Test
    void entriesFailAsToldAndTheOthersAreCarriedOut() throws IOException, InterruptedException {
        server.send(QUEUE, List.of("a", "b", "c"));
        StringBuilder entries = new StringBuilder();
        Matcher receipts = RECEIPT.matcher(receive());
        for (int id = 0; receipts.find(); id++) {
            entries.append(id == 0 ? "" : ",")
                    .append("{\"Id\":\"e%d\",\"ReceiptHandle\":\"%s\"}".formatted(id, receipts.group(1)));
        }
        server.faults(Faults.first(
                SqsAction.DELETE_MESSAGE_BATCH,
                new Fault.FailedEntries(List.of(
                        new Fault.EntryFailure(0, "InternalError", false),
                        new Fault.EntryFailure(2, "ReceiptHandleIsInvalid", true)))));

        String answer =
                call("DeleteMessageBatch", ",\"Entries\":[" + entries + "]").body();

        assertThat(answer)
                .startsWith("{\"Successful\":[{\"Id\":\"e1\"}],")
                .contains("{\"Id\":\"e0\",\"SenderFault\":false,\"Code\":\"InternalError\"")
                .contains("{\"Id\":\"e2\",\"SenderFault\":true,\"Code\":\"ReceiptHandleIsInvalid\"");
        assertThat(server.books(QUEUE).deleted()).isEqualTo(1);
        assertThat(server.books(QUEUE).inFlight()).isEqualTo(2);
    }

    @Test
    void entriesOfASendFailAsToldToo() throws IOException, InterruptedException {
        server.faults(Faults.first(
                SqsAction.SEND_MESSAGE_BATCH,
                new Fault.FailedEntries(List.of(new Fault.EntryFailure(0, "InternalError", false)))));

        String answer = call(
                        "SendMessageBatch",
                        ",\"Entries\":[{\"Id\":\"e0\",\"MessageBody\":\"a\"},{\"Id\":\"e1\",\"MessageBody\":\"b\"}]")
                .body();

        assertThat(answer)
                .contains("\"Code\":\"InternalError\"", MessageStore.md5Hex("b"))
                .doesNotContain(MessageStore.md5Hex("a"));
        assertThat(server.books(QUEUE).visible()).isEqualTo(1);
    }

    @Test
    void aLateAnswerIsComplete() throws IOException, InterruptedException {
        server.send(QUEUE, List.of("a"));
        everyReceive(new Fault.LateAnswer(Duration.ofMillis(100)));
        long start = System.nanoTime();

        assertThat(receive()).contains("\"Body\":\"a\"");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(100));
    }
}
