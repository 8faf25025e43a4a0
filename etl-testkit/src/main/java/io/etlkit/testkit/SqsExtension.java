package io.etlkit.testkit;

import io.etlkit.dev.EmbeddedSqs;
import java.net.URI;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Gives a test a fresh queue of a real SQS server (ElasticMQ, in this process): each parameter of type {@link TestQueue} is
 * one, set up as its {@link QueueSettings} say, and gone after the test. The server is started once for the test run.
 *
 * <pre>
 * &#64;ExtendWith(SqsExtension.class)
 * class MySourceTest {
 *     &#64;Test
 *     void polls(TestQueue queue) {
 *         queue.send("one");
 *     }
 * }
 * </pre>
 */
public final class SqsExtension implements ParameterResolver {
    /** For JUnit. */
    public SqsExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestQueue.class;
    }

    @Override
    public TestQueue resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Server server = SharedServers.get(context, Server.class, Server::start);
        TestQueue queue = TestQueue.create(server, parameter.findAnnotation(QueueSettings.class));
        return SharedServers.closeWith(context, queue);
    }

    /** The server, and a client that tests share. */
    record Server(EmbeddedSqs sqs, SqsClient client) implements AutoCloseable {
        static Server start() {
            EmbeddedSqs sqs = EmbeddedSqs.start();
            return new Server(sqs, client(sqs, sqs.endpoint()));
        }

        static SqsClient client(EmbeddedSqs sqs, URI endpoint) {
            return SqsClient.builder()
                    .endpointOverride(endpoint)
                    .region(Region.of(sqs.region()))
                    .credentialsProvider(StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(sqs.accessKeyId(), sqs.secretAccessKey())))
                    .httpClient(UrlConnectionHttpClient.create())
                    .build();
        }

        @Override
        public void close() {
            client.close();
            sqs.close();
        }
    }
}
