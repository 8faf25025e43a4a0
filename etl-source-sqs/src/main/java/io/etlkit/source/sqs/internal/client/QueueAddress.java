package io.etlkit.source.sqs.internal.client;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A queue's name, URL or ARN. Immutable.
 *
 * @param name the queue's name
 * @param url the queue's URL, when that is given
 * @param region the region that the URL or the ARN names
 * @param account the account that the ARN names
 */
public record QueueAddress(String name, Optional<URI> url, Optional<String> region, Optional<String> account) {
    /** See <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html">quotas</a>. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}|(?=.{6,80}$)[A-Za-z0-9_-]+\\.fifo");

    private static final Pattern ARN =
            Pattern.compile("arn:(?<partition>[^:]+):sqs:(?<region>[^:]+):(?<account>[^:]+):(?<name>.+)");

    /** Hosts that the SDK finds by the region; the last form is an old one. */
    private static final Pattern AWS_HOST = Pattern.compile(
            "sqs\\.(?<region>[a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?|(?<legacy>[a-z0-9-]+)\\.queue\\.amazonaws\\.com");

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it is invalid; the message begins with {@code queue:}
     */
    public static QueueAddress parse(String text) {
        if (text.startsWith("arn:")) {
            return ofArn(text);
        }
        if (text.contains("://")) {
            return ofUrl(text);
        }
        return new QueueAddress(checkedName(text, text), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static QueueAddress ofArn(String text) {
        Matcher arn = ARN.matcher(text);
        if (!arn.matches()) {
            throw new IllegalArgumentException("queue: \"" + text
                    + "\" is not the ARN of a queue, such as arn:aws:sqs:us-east-1:123456789012:login-queue");
        }
        return new QueueAddress(
                checkedName(arn.group("name"), text),
                Optional.empty(),
                Optional.of(arn.group("region")),
                Optional.of(arn.group("account")));
    }

    private static QueueAddress ofUrl(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw noUrl(text);
        }
        String path = Optional.ofNullable(url.getPath()).orElse("");
        if (url.getHost() == null || path.indexOf('/') < 0) {
            throw noUrl(text);
        }
        String name = checkedName(path.substring(path.lastIndexOf('/') + 1), text);
        return new QueueAddress(name, Optional.of(url), awsRegion(url.getHost()), Optional.empty());
    }

    private static IllegalArgumentException noUrl(String text) {
        return new IllegalArgumentException("queue: \"" + text
                + "\" is not the URL of a queue, such as https://sqs.us-east-1.amazonaws.com/123456789012/login-queue");
    }

    private static String checkedName(String name, String text) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "queue: \"" + text
                            + "\" names no queue; a name has up to 80 letters, digits, - and _, and a FIFO queue's ends in .fifo");
        }
        return name;
    }

    private static Optional<String> awsRegion(String host) {
        Matcher known = AWS_HOST.matcher(host.toLowerCase(Locale.ROOT));
        return known.matches()
                ? Optional.of(Optional.ofNullable(known.group("region")).orElseGet(() -> known.group("legacy")))
                : Optional.empty();
    }

    /** Whether it is a FIFO queue, which keeps the order of each group. */
    public boolean isFifo() {
        return name.endsWith(".fifo");
    }

    /** The server of the URL, when it is not the region's own: a stand-in or a private endpoint. */
    Optional<URI> server() {
        return region.isPresent() ? Optional.empty() : url.map(full -> full.resolve("/"));
    }
}
