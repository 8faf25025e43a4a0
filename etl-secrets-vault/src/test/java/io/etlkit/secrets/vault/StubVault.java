package io.etlkit.secrets.vault;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as Vault's HTTP API does: a key-value engine at {@code secret}, a transit engine at {@code transit}. */
final class StubVault implements AutoCloseable {
    static final String TOKEN = "hvs.canary-token";

    private final HttpServer server;
    private final Map<String, ObjectValue> secrets = new ConcurrentHashMap<>();
    private final Map<String, ObjectValue> encrypted = new ConcurrentHashMap<>();
    private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    StubVault() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void put(String path, ObjectValue data) {
        secrets.put(path, data);
    }

    /** The next request is answered with this status. */
    void failNext(int status) {
        failures.add(status);
    }

    /** What was asked for: the method, the path, the namespace. */
    List<String> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/v1/".length());
        String namespace = exchange.getRequestHeaders().getFirst("X-Vault-Namespace");
        requests.add(exchange.getRequestMethod() + " " + path + (namespace == null ? "" : " in " + namespace));
        Integer failure = failures.poll();
        if (failure != null) {
            answer(exchange, failure, errors("canary: an internal error"));
        } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            answer(exchange, 403, errors("permission denied"));
        } else if (exchange.getRequestMethod().equals("GET")) {
            ObjectValue secret = secrets.get(path);
            answer(exchange, secret == null ? 404 : 200, secret == null ? errors() : data(secret));
        } else {
            transit(exchange, path);
        }
    }

    private void transit(HttpExchange exchange, String path) throws IOException {
        ObjectValue body = (ObjectValue)
                JsonReader.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String key = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("transit/encrypt/")) {
            String ciphertext = "vault:v1:" + encrypted.size();
            encrypted.put(ciphertext, body.with("key", Value.of(key)));
            answer(exchange, 200, data(ObjectValue.empty().with("ciphertext", Value.of(ciphertext))));
            return;
        }
        ObjectValue original = encrypted.getOrDefault(text(body, "ciphertext"), ObjectValue.empty());
        boolean fits = path.startsWith("transit/decrypt/")
                && key.equals(text(original, "key"))
                && text(original, "associated_data").equals(text(body, "associated_data"));
        if (fits) {
            answer(exchange, 200, data(ObjectValue.empty().with("plaintext", Value.of(text(original, "plaintext")))));
        } else {
            answer(exchange, 400, errors("cipher: message authentication failed"));
        }
    }

    private static String text(ObjectValue object, String field) {
        return object.get(field).orElse(Value.ofNull()) instanceof TextValue text ? text.value() : "";
    }

    private static ObjectValue data(ObjectValue data) {
        return ObjectValue.builder()
                .put("request_id", Value.of("r"))
                .put("lease_duration", Value.of(0))
                .put("data", data)
                .build();
    }

    private static ObjectValue errors(String... errors) {
        return ObjectValue.empty()
                .with("errors", Value.of(List.of(errors).stream().map(Value::of).toList()));
    }

    private static void answer(HttpExchange exchange, int status, ObjectValue body) throws IOException {
        byte[] bytes = JsonWriter.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
