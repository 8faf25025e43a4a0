package io.etlkit.dev;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A small SQS client for dev services, in <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests.html">the query
 * protocol</a>. It sends forms and reads XML with the JDK alone, so that the AWS SDK is not needed. Requests are
 * not signed. Safe for any thread.
 */
final class SqsQueryClient {
    private static final int MAX_ENTRIES = 10;

    /** AWS allows 1 MiB a batch; the form's escapes triple a byte, and the server's limit on a request is 8 MiB. */
    private static final int MAX_BATCH_BYTES = 1024 * 1024;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI endpoint;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    SqsQueryClient(URI endpoint) {
        this.endpoint = endpoint;
    }

    static boolean isFifo(String queue) {
        return queue.endsWith(".fifo");
    }

    String createQueue(String name, Map<String, String> attributes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("QueueName", name);
        int index = 1;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            form.put("Attribute." + index + ".Name", attribute.getKey());
            form.put("Attribute." + index + ".Value", attribute.getValue());
            index++;
        }
        return texts(call("CreateQueue", form), "QueueUrl").get(0);
    }

    void deleteQueue(String queue) {
        call("DeleteQueue", Map.of("QueueUrl", queueUrl(queue)));
    }

    void send(String queue, List<String> bodies) {
        String url = queueUrl(queue);
        List<String> batch = new ArrayList<>();
        int bytes = 0;
        for (String body : bodies) {
            int size = body.getBytes(StandardCharsets.UTF_8).length;
            if (batch.size() == MAX_ENTRIES || (!batch.isEmpty() && bytes + size > MAX_BATCH_BYTES)) {
                sendBatch(url, batch);
                batch.clear();
                bytes = 0;
            }
            batch.add(body);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            sendBatch(url, batch);
        }
    }

    private void sendBatch(String url, List<String> bodies) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("QueueUrl", url);
        int index = 1;
        for (String body : bodies) {
            String entry = "SendMessageBatchRequestEntry." + index + ".";
            form.put(entry + "Id", Integer.toString(index));
            form.put(entry + "MessageBody", body);
            if (isFifo(url)) {
                form.put(entry + "MessageGroupId", "dev");
                form.put(entry + "MessageDeduplicationId", UUID.randomUUID().toString());
            }
            index++;
        }
        Document answer = call("SendMessageBatch", form);
        List<String> refused = texts(answer, "Code");
        if (!refused.isEmpty()) {
            throw new IllegalStateException("the embedded SQS refused " + refused.size() + " of " + bodies.size()
                    + " messages: " + refused.stream().distinct().collect(Collectors.joining(", ")));
        }
    }

    long depth(String queue) {
        Document answer = call(
                "GetQueueAttributes",
                Map.of(
                        "QueueUrl", queueUrl(queue),
                        "AttributeName.1", "ApproximateNumberOfMessages",
                        "AttributeName.2", "ApproximateNumberOfMessagesNotVisible",
                        "AttributeName.3", "ApproximateNumberOfMessagesDelayed"));
        return texts(answer, "Value").stream().mapToLong(Long::parseLong).sum();
    }

    private String queueUrl(String queue) {
        return texts(call("GetQueueUrl", Map.of("QueueName", queue)), "QueueUrl")
                .get(0);
    }

    private Document call(String action, Map<String, String> parameters) {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("Action", action);
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(encode(form)))
                .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the embedded SQS refused " + action + ": " + refusal(response));
            }
            return parse(response.body());
        } catch (IOException unreachable) {
            throw new IllegalStateException("the embedded SQS at " + endpoint + " does not answer", unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + action, interrupted);
        }
    }

    /** The error's code only: its message may quote a message's body. */
    private static String refusal(HttpResponse<String> response) {
        try {
            return String.join(", ", texts(parse(response.body()), "Code"));
        } catch (IllegalStateException notXml) {
            return "status " + response.statusCode();
        }
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException unreadable) {
            throw new IllegalStateException("the embedded SQS sent an answer that is not XML");
        }
    }

    private static List<String> texts(Document document, String element) {
        NodeList nodes = document.getElementsByTagName(element);
        List<String> texts = new ArrayList<>(nodes.getLength());
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
