package io.etlkit.source.sqs.internal.source;

import io.etlkit.api.Source;
import io.etlkit.source.sqs.SqsSourceConfig.HttpClient;
import io.etlkit.testkit.SourceContract;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestQueue;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

class SqsSourceContractTest {
    @Nested
    class OnCrt extends OverElasticMq {
        OnCrt() {
            super(HttpClient.CRT);
        }
    }

    @Nested
    class OnNetty extends OverElasticMq {
        OnNetty() {
            super(HttpClient.NETTY);
        }
    }

    @ExtendWith(SqsExtension.class)
    abstract static class OverElasticMq extends SourceContract {
        private final HttpClient httpClient;
        private TestQueue queue;

        OverElasticMq(HttpClient httpClient) {
            this.httpClient = httpClient;
        }

        @BeforeEach
        void queue(TestQueue fresh) {
            queue = fresh;
        }

        @Override
        protected Source open(TestContext context) {
            return SourceOverElasticMq.open(SourceOverElasticMq.config(queue, httpClient), context);
        }

        @Override
        protected void send(List<String> bodies) {
            queue.send(bodies);
        }

        @Override
        protected long left() {
            return queue.depth();
        }
    }
}
