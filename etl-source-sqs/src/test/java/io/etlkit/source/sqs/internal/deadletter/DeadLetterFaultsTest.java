package io.etlkit.source.sqs.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.DeadLetter;
import io.etlkit.api.DeadLetter.Clear;
import io.etlkit.api.DeadLetter.Omitted;
import io.etlkit.api.DeadLetterSink;
import io.etlkit.api.DeliveryId;
import io.etlkit.api.EtlRecord;
import io.etlkit.api.RecordKey;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Settlement;
import io.etlkit.api.Source;
import io.etlkit.api.StartupException;
import io.etlkit.api.TransientException;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.DeadLetterJson;
import io.etlkit.json.JsonReader;
import io.etlkit.source.sqs.SqsDeadLetterConfig;
import io.etlkit.source.sqs.SqsPlugin;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Faults;
import io.etlkit.stub.sqs.SqsAction;
import io.etlkit.stub.sqs.StubSqsServer;
import io.etlkit.testkit.TestContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A queue of dead letters whose server fails. */
@Timeout(60)
class DeadLetterFaultsTest {
    private static final String QUEUE = "dead-letters";
    private static final Fault DENIED = new Fault.Refusal(403, "AccessDeniedException");

    private final StubSqsServer server = StubSqsServer.builder().queue(QUEUE).start();

    @AfterEach
    void close() {
        server.close();
    }

    private DeadLetterSink sink() {
        return DeadLetterQueues.sink(config());
    }

    private SqsDeadLetterConfig config() {
        return DeadLetterQueues.config(QUEUE, server.endpoint());
    }

    private String queue() {
        return "SQS queue dead-letters in us-east-1 at " + server.endpoint();
    }

    private long kept() {
        return server.books(QUEUE).visible() + server.books(QUEUE).inFlight();
    }

    /** Reads the queue until it is empty, as a source. */
    private Set<RecordKey> keysKept() throws InterruptedException {
        Set<RecordKey> keys = new HashSet<>();
        try (Source source = SqsPlugin.sqs().create(DeadLetterQueues.source(config()), TestContext.defaults())) {
            while (!source.drained()) {
                Set<DeliveryId> read = new HashSet<>();
                for (EtlRecord message : source.poll(10, Duration.ofMillis(50))) {
                    String body = ((TextValue) message.body()).value();
                    keys.add(DeadLetterJson.read(JsonReader.read(body))
                            .orElseThrow()
                            .key());
                    read.add(message.delivery());
                }
                source.settle(new Settlement(read, Map.of()));
            }
        }
        assertThat(kept()).isZero();
        return keys;
    }

    private static Fault failing(String code, boolean senderFault, int... positions) {
        return new Fault.FailedEntries(Arrays.stream(positions)
                .mapToObj(position -> new Fault.EntryFailure(position, code, senderFault))
                .toList());
    }

    @Test
    void sendsAgainWhatFailedAndNotWhatWasTaken() throws InterruptedException {
        List<DeadLetter> letters = DeadLetterQueues.letters(25, new Omitted());
        try (DeadLetterSink sink = sink()) {
            server.faults((action, call) -> action == SqsAction.SEND_MESSAGE_BATCH && call == 1
                    ? failing("InternalError", false, 0, 7)
                    : Faults.none().of(action, call));

            assertThatThrownBy(() -> sink.write(letters))
                    .isInstanceOf(TransientException.class)
                    .hasMessage(queue() + ": SendMessageBatch failed for 2 of 10 dead letters: InternalError");
            assertThat(kept()).isEqualTo(18);
            sink.write(letters);
            assertThat(kept()).isEqualTo(25);

            sink.write(letters);
            assertThat(kept()).as("it remembers a failed call only").isEqualTo(50);
        }
        assertThat(keysKept()).hasSize(25);
    }

    @Test
    void refusesWhatSqsWillNeverTakeAndQuotesNoRecord() throws InterruptedException {
        server.faults(Faults.always(SqsAction.SEND_MESSAGE_BATCH, failing("InvalidMessageContents", true, 0)));
        Clear original = new Clear(Value.of("secret"), Map.of());
        try (DeadLetterSink sink = sink()) {
            assertThatThrownBy(() -> sink.write(List.of(DeadLetterQueues.letter("m1", original))))
                    .isInstanceOf(RejectedException.class)
                    .hasMessage("letter_refused: the " + queue()
                            + " does not take dead letters (SendMessageBatch failed for 1 of 1"
                            + " dead letters: InvalidMessageContents); fix what the code names, or keep dead letters with the"
                            + " postgres or the file sink");
        }
    }

    static Stream<Fault> passing() {
        return Stream.of(
                new Fault.Refusal(400, "ThrottlingException"),
                new Fault.Refusal(503, "ServiceUnavailable"),
                new Fault.Refusal(403, "ExpiredTokenException"),
                DENIED,
                new Fault.Refusal(400, "QueueDoesNotExist"),
                new Fault.HangUp(true));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void holdsUntilTheQueueTakesLetters(Fault fault) throws InterruptedException {
        List<DeadLetter> letters = DeadLetterQueues.letters(3, new Omitted());
        try (DeadLetterSink sink = sink()) {
            server.faults(Faults.always(SqsAction.SEND_MESSAGE_BATCH, fault));
            assertThatThrownBy(() -> sink.write(letters))
                    .isInstanceOf(TransientException.class)
                    .hasMessageContaining(queue())
                    .hasNoCause();

            server.faults(Faults.none());
            sink.write(letters);
        }
        assertThat(keysKept()).hasSize(3);
    }

    @Test
    void afterALostResponseTheNextCallSendsTheDeadLettersAgain() throws InterruptedException {
        server.faults(Faults.first(SqsAction.SEND_MESSAGE_BATCH, new Fault.HangUp(true)));
        try (DeadLetterSink sink = sink()) {
            List<DeadLetter> deadLetters = DeadLetterQueues.letters(3, new Omitted());
            assertThatThrownBy(() -> sink.write(deadLetters)).isInstanceOf(TransientException.class);
            sink.write(deadLetters);
        }
        assertThat(keysKept()).hasSize(3);
    }

    @Test
    void namesTheRightsThatAreMissingAtTheStart() {
        server.faults(Faults.always(DENIED));

        assertThatThrownBy(this::sink)
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith(
                        "no access to the " + queue() + " (GetQueueUrl was refused: AccessDeniedException")
                .hasMessageEndingWith(
                        "these credentials need sqs:GetQueueUrl, sqs:GetQueueAttributes and sqs:SendMessage on"
                                + " it, and kms:GenerateDataKey and kms:Decrypt when it is encrypted with a key of yours");
    }

    @Test
    void waitsAtTheStartForAServerThatIsDown() {
        server.faults(Faults.always(new Fault.Refusal(503, "ServiceUnavailable")));

        assertThatThrownBy(this::sink).isInstanceOf(TransientException.class);
    }

    @Test
    void closingEndsAWriteThatHangs() {
        DeadLetterSink sink = sink();
        server.faults(Faults.always(SqsAction.SEND_MESSAGE_BATCH, new Fault.Silence(false)));
        CompletableFuture<Throwable> ended = failureOf(() -> sink.write(DeadLetterQueues.letters(1, new Omitted())));
        await("it sends").until(() -> server.calls(SqsAction.SEND_MESSAGE_BATCH) > 0);

        sink.close();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(TransientException.class);
        noThreadIsLeft();
    }

    private static void noThreadIsLeft() {
        await("no thread is left")
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains("etl-sqs-")));
    }

    @FunctionalInterface
    private interface Call {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<Throwable> failureOf(Call call) {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                call.run();
                ended.completeExceptionally(new AssertionError("it did not fail"));
            } catch (RuntimeException | InterruptedException failure) {
                ended.complete(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return ended;
    }
}
