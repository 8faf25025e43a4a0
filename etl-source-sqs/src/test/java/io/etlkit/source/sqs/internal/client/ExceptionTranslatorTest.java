package io.etlkit.source.sqs.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.StartupException;
import io.etlkit.source.sqs.internal.client.SqsCallException.Kind;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParseException;

class ExceptionTranslatorTest {
    private static Throwable refusal(int status, String code, String message) {
        return SqsException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "400, AWS.SimpleQueueService.NonExistentQueue, NO_QUEUE",
        "400, QueueDoesNotExist, NO_QUEUE",
        "403, AccessDenied, ACCESS_DENIED",
        "400, AccessDeniedException, ACCESS_DENIED",
        "400, NotAuthorized, ACCESS_DENIED",
        "403, InvalidClientTokenId, CREDENTIALS",
        "403, SignatureDoesNotMatch, CREDENTIALS",
        "403, ExpiredToken, CREDENTIALS",
        "403, OverLimit, THROTTLED",
        "400, ThrottlingException, THROTTLED",
        "429, Anything, THROTTLED",
        "500, InternalError, TRANSIENT",
        "503, ServiceUnavailable, TRANSIENT",
        "408, RequestTimeoutException, TRANSIENT",
        "400, RequestAbortedException, TRANSIENT",
        "400, InvalidParameterValue, REFUSED"
    })
    void tellsRefusalsApartByTheirCode(int status, String code, Kind kind) {
        SqsCallException failure =
                ExceptionTranslator.of("ReceiveMessage", new CompletionException(refusal(status, code, "why")));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.text()).startsWith("ReceiveMessage was refused: " + code);
    }

    @Test
    void quotesWhoLacksWhichRight() {
        SqsCallException failure = ExceptionTranslator.of(
                "DeleteMessageBatch", refusal(403, "AccessDenied", "User: x is not authorized to perform: y\nmore"));

        assertThat(failure.text())
                .isEqualTo("DeleteMessageBatch was refused: AccessDenied: User: x is not authorized to perform: y");
    }

    @Test
    void saysThatThereAreNoCredentials() {
        SqsCallException failure = ExceptionTranslator.of(
                "GetQueueUrl", SdkClientException.create("Unable to load credentials from any of the providers"));

        assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(failure.text()).isEqualTo("GetQueueUrl: no AWS credentials were found");
    }

    @Test
    void quotesTheNetwork() {
        Throwable refused = SdkClientException.create("outer", new ConnectException("Connection refused"));

        SqsCallException failure = ExceptionTranslator.of("ReceiveMessage", refused);

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.text()).isEqualTo("ReceiveMessage failed: ConnectException: Connection refused");
    }

    @Test
    void saysThatNoAnswerCame() {
        SqsCallException failure = ExceptionTranslator.of("ReceiveMessage", ApiCallAttemptTimeoutException.create(10));

        assertThat(failure.text()).isEqualTo("ReceiveMessage failed: no response in time");
    }

    @Test
    void doesNotQuoteAParserThatQuotesAMessage() {
        Throwable unreadable = SdkClientException.create(
                "unreadable: {\"ip\":\"10.1.2.3\"", new JsonParseException(null, "at {\"ip\":\"10.1.2.3\""));

        SqsCallException failure = ExceptionTranslator.of("ReceiveMessage", unreadable);

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.text()).isEqualTo("ReceiveMessage failed: the response cannot be used (SdkClientException)");
        assertThat(failure).hasNoCause();
    }

    @Test
    void saysWhatToDoWhenTheNativeLibraryDoesNotLoad() {
        assertThatThrownBy(() -> ClientPair.loaded(() -> {
                    throw new UnsatisfiedLinkError("/tmp/AWSCRT_1.so: cannot open shared object file");
                }))
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith("httpClient: the native library of crt does not load on this machine (")
                .hasMessageEndingWith("; set httpClient: netty");
    }
}
