package io.etlkit.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.stub.sqs.QueueBooks;
import io.etlkit.stub.sqs.StubSqsServer;
import io.etlkit.stub.sqs.UserLoginMessages;
import java.net.URI;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BareLoopTest {
    private static final int MESSAGES = 505;

    @ParameterizedTest
    @EnumSource(AsyncLoop.Http.class)
    void theAsynchronousLoopEmptiesTheQueueAndNoMore(AsyncLoop.Http http) {
        emptiesTheQueue(queueUrl -> new AsyncLoop(queueUrl, http, 4).run());
    }

    @Test
    void theSynchronousLoopEmptiesTheQueueAndNoMore() {
        emptiesTheQueue(queueUrl -> new SyncLoop(queueUrl, SyncLoop.Http.URL_CONNECTION, 4).run());
    }

    private static void emptiesTheQueue(ToLongFunction<URI> loop) {
        try (StubSqsServer stub = StubSqsServer.builder()
                .queue("queue", Duration.ofMinutes(2), new UserLoginMessages(1, MESSAGES), MESSAGES)
                .start()) {
            long deleted = loop.applyAsLong(URI.create(stub.queueUrl("queue")));

            QueueBooks books = stub.books("queue");
            assertThat(deleted).isEqualTo(MESSAGES);
            assertThat(books.deleted()).isEqualTo(MESSAGES);
            assertThat(books.received()).isEqualTo(MESSAGES);
            assertThat(books.staleDeletes() + books.doubleDeletes()).isZero();
        }
    }
}
