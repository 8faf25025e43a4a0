package io.etlkit.stub.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StubCommandsTest {
    private static final String QUEUE = "queue";

    private final StubSqsServer server = StubSqsServer.builder().queue(QUEUE).start();
    private final StubCommands commands = new StubCommands(server, QUEUE, 7);

    @AfterEach
    void close() {
        server.close();
    }

    private int receiveStatus() throws IOException, InterruptedException {
        HttpRequest receive = HttpRequest.newBuilder(URI.create(server.endpoint() + "/"))
                .header("X-Amz-Target", "AmazonSQS.ReceiveMessage")
                .POST(HttpRequest.BodyPublishers.ofString("{\"QueueUrl\":\"" + server.queueUrl(QUEUE) + "\"}"))
                .build();
        return HttpClient.newHttpClient()
                .send(receive, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void booksAndAnEmptyLineChangeNothing() throws IOException, InterruptedException {
        commands.carryOut("");
        commands.carryOut("books");

        assertThat(server.books(QUEUE).sent()).isZero();
        assertThat(receiveStatus()).isEqualTo(200);
    }

    @Test
    void sendsMessagesEachOfAUserOfItsOwn() {
        commands.carryOut("send 30");
        commands.carryOut("send 12");

        assertThat(server.books(QUEUE).sent()).isEqualTo(42);
        UserLoginMessages messages = new UserLoginMessages(7, 100_000);
        assertThat(IntStream.range(0, 2_000).mapToObj(messages::textOfOwnUser).map(text -> text.substring(0, 77)))
                .doesNotHaveDuplicates()
                .allMatch(text -> text.startsWith("{\"user_id\":\"") && text.endsWith("\""));
    }

    @Test
    void faultsAddUpUntilThereAreNone() throws IOException, InterruptedException {
        commands.carryOut("fault throttle delete");
        assertThat(receiveStatus()).isEqualTo(200);

        commands.carryOut("fault 503 receive 1.0");
        assertThat(receiveStatus()).isEqualTo(503);

        commands.carryOut("fault none");
        assertThat(receiveStatus()).isEqualTo(200);
    }

    @Test
    void whatIsNotKnownIsToldAndNotDone() {
        assertThatThrownBy(() -> commands.carryOut("explode"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no command is named explode; there are books, send and fault");
        assertThatThrownBy(() -> commands.carryOut("fault slow"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no fault is named slow; there are [500, 503, cut, cut-short, denied, ");
        assertThatThrownBy(() -> commands.carryOut("fault 500 everything"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no action is named everything; there are any, receive, delete, visibility, send and ask");
        assertThatThrownBy(() -> commands.carryOut("send many")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFaultComesAsOftenAsItsProbabilitySaysAndForTheSameCallsEachTime() {
        ChanceFaults faults = new ChanceFaults(3, List.of())
                .and(new ChanceFaults.Rule(NamedFaults.actions("receive"), NamedFaults.fault("500"), 0.2))
                .and(new ChanceFaults.Rule(NamedFaults.actions("any"), NamedFaults.fault("lost"), 0.1));
        List<Fault> receives = draws(faults, SqsAction.RECEIVE_MESSAGE);

        assertThat(receives).filteredOn(NamedFaults.fault("500")::equals).hasSizeBetween(1_900, 2_100);
        assertThat(receives).filteredOn(NamedFaults.fault("lost")::equals).hasSizeBetween(900, 1_100);
        assertThat(draws(faults, SqsAction.DELETE_MESSAGE_BATCH))
                .doesNotContain(NamedFaults.fault("500"))
                .isNotEqualTo(draws(new ChanceFaults(4, faults.rules()), SqsAction.DELETE_MESSAGE_BATCH));
        assertThat(draws(faults, SqsAction.RECEIVE_MESSAGE)).isEqualTo(receives);
    }

    private static List<Fault> draws(Faults faults, SqsAction action) {
        return IntStream.range(0, 10_000)
                .mapToObj(call -> faults.of(action, call))
                .toList();
    }
}
