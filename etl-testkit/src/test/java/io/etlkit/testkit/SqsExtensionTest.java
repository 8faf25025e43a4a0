package io.etlkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@ExtendWith(SqsExtension.class)
class SqsExtensionTest {
    @Test
    void givesEachParameterAQueueOfItsOwn(TestQueue one, TestQueue other) {
        one.send("a", "b");

        assertThat(one.depth()).isEqualTo(2);
        assertThat(other.depth()).isZero();
        assertThat(one.endpoint()).isEqualTo(other.endpoint());
    }

    @Test
    void countsWhatIsVisibleAndWhatIsInFlight(TestQueue queue) {
        queue.send(IntStream.range(0, 25).mapToObj(Integer::toString).toList());
        assertThat(queue.receive(12)).hasSize(12);

        assertThat(queue.visible()).isEqualTo(13);
        assertThat(queue.inFlight()).isEqualTo(12);
    }

    @Test
    void sendsAttributes(TestQueue queue) {
        queue.sendWithAttributes("a", Map.of("tenant", "blue"));

        assertThat(queue.receive(1))
                .singleElement()
                .satisfies(message -> assertThat(
                                message.messageAttributes().get("tenant").stringValue())
                        .isEqualTo("blue"));
    }

    @Test
    void makesAFifoQueue(@QueueSettings(fifo = true) TestQueue queue) {
        queue.sendToGroup("g", List.of("a", "b"));

        List<Message> received = queue.receive(10);
        assertThat(received).extracting(Message::body).containsExactly("a", "b");
        assertThat(received.get(0).attributes()).containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g");
    }

    @Test
    void movesWhatWasDeliveredTooOften(
            @QueueSettings(visibilityTimeoutSeconds = 0, maxReceiveCount = 1) TestQueue queue) {
        queue.send("poison");

        await("the message is in the dead-letter queue").until(() -> {
            queue.receive(1);
            return queue.deadLetterQueue().depth() == 1;
        });
        assertThat(queue.attribute(QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("0");
    }

    @Test
    void saysThatThereIsNoDeadLetterQueue(TestQueue queue) {
        assertThatThrownBy(queue::deadLetterQueue)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@QueueSettings(maxReceiveCount");
    }

    @Test
    void removesItsQueues(@QueueSettings(maxReceiveCount = 3) TestQueue queue) {
        queue.close();
        queue.close();

        assertThat(queue.client()
                        .listQueues(request -> request.queueNamePrefix(queue.name()))
                        .queueUrls())
                .isEmpty();
    }
}
