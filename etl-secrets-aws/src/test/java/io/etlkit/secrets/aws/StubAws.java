package io.etlkit.secrets.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as KMS and Secrets Manager do, in AWS's JSON protocol 1.1. Signatures are looked at, not checked. */
final class StubAws implements AutoCloseable {
    static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";

    private final HttpServer server;
    private final Map<String, ObjectValue> encrypted = new ConcurrentHashMap<>();
    private final Map<String, ObjectValue> secrets = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    StubAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void put(String id, ObjectValue secret) {
        secrets.put(id, secret);
    }

    /** The next request is answered with this error. */
    void failNext(String error) {
        failures.add(error);
    }

    /** What was asked for: the operation, and the region and service of the signature. */
    List<String> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        String[] scope = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .split("/", -1);
        requests.add(target + (scope.length > 3 ? " " + scope[2] + " " + scope[3] : " unsigned"));
        ObjectValue body = (ObjectValue)
                JsonReader.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String failure = failures.poll();
        if (failure != null) {
            error(exchange, failure);
            return;
        }
        switch (target) {
            case "TrentService.Encrypt" -> encrypt(exchange, body);
            case "TrentService.Decrypt" -> decrypt(exchange, body);
            case "secretsmanager.GetSecretValue" -> secret(exchange, text(body, "SecretId"));
            default -> error(exchange, "UnknownOperationException");
        }
    }

    private void encrypt(HttpExchange exchange, ObjectValue body) throws IOException {
        String ciphertext =
                Base64.getEncoder().encodeToString(("ciphertext " + encrypted.size()).getBytes(StandardCharsets.UTF_8));
        encrypted.put(ciphertext, body);
        answer(
                exchange,
                200,
                ObjectValue.builder()
                        .put("CiphertextBlob", Value.of(ciphertext))
                        .put("KeyId", Value.of(ARN))
                        .put("EncryptionAlgorithm", Value.of("SYMMETRIC_DEFAULT"))
                        .build());
    }

    private void decrypt(HttpExchange exchange, ObjectValue body) throws IOException {
        ObjectValue original = encrypted.getOrDefault(text(body, "CiphertextBlob"), ObjectValue.empty());
        if (!ARN.equals(text(body, "KeyId"))) {
            error(exchange, "IncorrectKeyException");
        } else if (!original.get("EncryptionContext").equals(body.get("EncryptionContext"))) {
            error(exchange, "InvalidCiphertextException");
        } else {
            answer(
                    exchange,
                    200,
                    ObjectValue.builder()
                            .put("Plaintext", Value.of(text(original, "Plaintext")))
                            .put("KeyId", Value.of(ARN))
                            .build());
        }
    }

    private void secret(HttpExchange exchange, String id) throws IOException {
        ObjectValue secret = secrets.get(id);
        if (secret == null) {
            error(exchange, "ResourceNotFoundException");
        } else {
            answer(exchange, 200, secret.with("Name", Value.of(id)));
        }
    }

    private static String text(ObjectValue object, String field) {
        return object.get(field).orElse(Value.ofNull()) instanceof TextValue text ? text.value() : "";
    }

    private static void error(HttpExchange exchange, String type) throws IOException {
        answer(
                exchange,
                type.equals("InternalServiceError") ? 500 : 400,
                ObjectValue.builder()
                        .put("__type", Value.of(type))
                        .put("message", Value.of("canary: quotes what was sent"))
                        .build());
    }

    private static void answer(HttpExchange exchange, int status, ObjectValue body) throws IOException {
        byte[] bytes = JsonWriter.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
