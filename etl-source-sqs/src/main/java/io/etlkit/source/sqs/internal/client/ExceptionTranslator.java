package io.etlkit.source.sqs.internal.client;

import io.etlkit.source.sqs.internal.client.SqsCallException.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Classifies the SDK's exceptions by error code. Only messages that are known to hold no value of a record are quoted: a JSON
 * parser's quotes the message that it failed at. Stateless.
 */
public final class ExceptionTranslator {
    private static final int LONGEST_QUOTE = 300;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final Set<String> NO_QUEUE =
            Set.of("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "InvalidAddress");
    private static final Set<String> ACCESS_DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "NotAuthorized",
            "AuthorizationError",
            "KmsAccessDenied",
            "KMS.AccessDeniedException");
    private static final Set<String> CREDENTIALS = Set.of(
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "UnrecognizedClient",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "InvalidAccessKeyId",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidSecurity",
            "OptInRequired");
    private static final Set<String> THROTTLED =
            Set.of("OverLimit", "RequestThrottled", "KmsThrottled", "KMS.ThrottlingException");
    /** Refused with a 4xx status, but not the client's fault. */
    private static final Set<String> TRANSIENT =
            Set.of("RequestTimeout", "RequestTimeoutException", "RequestAborted", "RequestAbortedException");

    private ExceptionTranslator() {}

    /**
     * Translates an exception of the SDK.
     *
     * @param action the AWS action that was called
     */
    public static SqsCallException of(String action, Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof SqsCallException known) {
            return known;
        }
        if (failure instanceof AwsServiceException refused) {
            return refused(action, refused);
        }
        if (failure instanceof SdkClientException
                && String.valueOf(failure.getMessage()).startsWith("Unable to load credentials")) {
            return new SqsCallException(Kind.CREDENTIALS, action + ": no AWS credentials were found");
        }
        if (failure instanceof CancellationException) {
            return new SqsCallException(Kind.TRANSIENT, action + ": closed before there was a response");
        }
        return new SqsCallException(Kind.TRANSIENT, action + " failed: " + reason(failure));
    }

    private static SqsCallException refused(String action, AwsServiceException refused) {
        String code = Optional.ofNullable(refused.awsErrorDetails())
                .map(details -> details.errorCode())
                .orElse("status " + refused.statusCode());
        Kind kind = kind(code, refused);
        String message = action + " was refused: " + code;
        // It says who lacks which permission on what.
        Optional<String> quote = kind == Kind.ACCESS_DENIED
                ? Optional.ofNullable(refused.awsErrorDetails()).map(details -> details.errorMessage())
                : Optional.empty();
        return new SqsCallException(
                kind, message + quote.map(text -> ": " + firstLine(text)).orElse(""));
    }

    private static Kind kind(String code, AwsServiceException refused) {
        if (NO_QUEUE.contains(code)) {
            return Kind.NO_QUEUE;
        } else if (ACCESS_DENIED.contains(code)) {
            return Kind.ACCESS_DENIED;
        } else if (CREDENTIALS.contains(code)) {
            return Kind.CREDENTIALS;
        } else if (THROTTLED.contains(code)
                || refused.isThrottlingException()
                || refused.statusCode() == TOO_MANY_REQUESTS) {
            return Kind.THROTTLED;
        }
        boolean passes =
                refused.statusCode() >= SERVER_ERROR || refused.isClockSkewException() || TRANSIENT.contains(code);
        return passes ? Kind.TRANSIENT : Kind.REFUSED;
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable failure = thrown;
        while ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof ApiCallAttemptTimeoutException || failure instanceof ApiCallTimeoutException) {
            return "no response in time";
        }
        return Stream.<@Nullable Throwable>iterate(failure, each -> each == null ? null : each.getCause())
                .limit(10)
                .flatMap(each -> each != null && isAboutTheNetwork(each) ? Stream.of(each) : Stream.empty())
                .findFirst()
                .map(cause -> cause.getClass().getSimpleName() + ": " + firstLine(String.valueOf(cause.getMessage())))
                .orElseGet(() ->
                        "the response cannot be used (" + failure.getClass().getSimpleName() + ")");
    }

    private static boolean isAboutTheNetwork(Throwable cause) {
        String name = cause.getClass().getName();
        return cause.getClass() == IOException.class
                || name.startsWith("java.net.")
                || name.startsWith("java.nio.channels.")
                || name.startsWith("javax.net.ssl.")
                || name.startsWith("io.netty.")
                || name.startsWith("software.amazon.awssdk.crt.");
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }
}
