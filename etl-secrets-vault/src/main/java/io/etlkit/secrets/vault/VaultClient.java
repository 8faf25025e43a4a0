package io.etlkit.secrets.vault;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.etlkit.api.RejectedException;
import io.etlkit.api.StartupException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonReader;
import io.etlkit.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Speaks Vault's HTTP API, as <a href="https://developer.hashicorp.com/vault/api-docs">its documentation</a> describes it.
 * Where Vault is and who asks comes from the environment, as with Vault's own command: {@code VAULT_ADDR}, {@code VAULT_TOKEN}
 * or {@code VAULT_TOKEN_FILE} or {@code ~/.vault-token}, {@code VAULT_NAMESPACE}. Certificates are checked against the JVM's
 * trust store. Safe for any thread; calls block. Answers are not quoted in messages: they may hold secrets.
 */
final class VaultClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final Path home;
    private final RetryPolicy<HttpResponse<String>> retries;

    VaultClient(Map<String, String> environment, Path home, Duration firstDelay) {
        this.environment = environment;
        this.home = home;
        this.retries = RetryPolicy.<HttpResponse<String>>builder()
                .handle(IOException.class)
                .handleResultIf(answer -> answer.statusCode() == 429 || answer.statusCode() >= 500)
                .withMaxRetries(3)
                .withBackoff(firstDelay, firstDelay.multipliedBy(8))
                .build();
    }

    static VaultClient ofProcess() {
        return new VaultClient(System.getenv(), Path.of(System.getProperty("user.home", "")), Duration.ofMillis(250));
    }

    /** Asks for what lies at a path of the API; {@code what} is what messages call it. */
    ObjectValue get(String path, String what) {
        return answer(() -> request(path).GET(), what);
    }

    /** Sends a body to a path of the API; {@code what} is what messages call it. */
    ObjectValue post(String path, ObjectValue body, String what) {
        return answer(() -> request(path).POST(BodyPublishers.ofString(JsonWriter.write(body))), what);
    }

    private HttpRequest.Builder request(String path) {
        String address = variable("VAULT_ADDR")
                .orElseThrow(() -> new StartupException(
                        "vault: where it is is not known; set VAULT_ADDR, as https://vault.example.org:8200"));
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(address.replaceFirst("/+$", "") + "/v1/" + path))
                    .timeout(TIMEOUT)
                    .header("X-Vault-Request", "true")
                    .header("X-Vault-Token", token());
            variable("VAULT_NAMESPACE").ifPresent(namespace -> request.header("X-Vault-Namespace", namespace));
            return request;
        } catch (IllegalArgumentException odd) {
            throw new StartupException(
                    "vault: VAULT_ADDR, VAULT_NAMESPACE, the token or a path has a character that can"
                            + " not be sent");
        }
    }

    private String token() {
        return variable("VAULT_TOKEN")
                .or(() -> variable("VAULT_TOKEN_FILE").map(file -> read(Path.of(file))))
                .or(() -> Optional.of(home.resolve(".vault-token"))
                        .filter(Files::exists)
                        .map(VaultClient::read))
                .orElseThrow(() -> new StartupException(
                        "vault: there is no token; set VAULT_TOKEN_FILE or VAULT_TOKEN, or log in with: vault login"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new StartupException("vault: the token file " + file + " can not be read");
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private ObjectValue answer(Supplier<HttpRequest.Builder> making, String what) {
        HttpRequest request = making.get().build();
        HttpResponse<String> answer = send(request, what);
        int status = answer.statusCode();
        if (status == 403) {
            throw refused(what, "access denied (403); does the token's policy allow it, and is it valid still?");
        }
        if (status == 404) {
            throw refused(what, "there is no such thing (404)");
        }
        if (status != 200) {
            throw refused(what, "Vault answered with status " + status);
        }
        try {
            if (JsonReader.read(answer.body()) instanceof ObjectValue body
                    && body.get("data").orElse(Value.ofNull()) instanceof ObjectValue data) {
                return data;
            }
        } catch (RejectedException malformed) {
            throw refused(what, "what answered is not Vault");
        }
        throw refused(what, "what answered is not Vault");
    }

    private HttpResponse<String> send(HttpRequest request, String what) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            return Failsafe.with(retries).get(() -> client.send(request, BodyHandlers.ofString()));
        } catch (FailsafeException failed) {
            if (failed.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw refused(
                    what,
                    "Vault at " + request.uri().getHost() + " can not be reached ("
                            + cause.getClass().getSimpleName() + ")");
        }
    }

    private static StartupException refused(String what, String why) {
        return new StartupException("vault: " + what + ": " + why);
    }
}
