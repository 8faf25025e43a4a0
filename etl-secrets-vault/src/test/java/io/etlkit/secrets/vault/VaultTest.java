package io.etlkit.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.KeyWrapProvider;
import io.etlkit.api.StartupException;
import io.etlkit.api.WrappedKey;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final byte[] DEK = new byte[32];

    static {
        Arrays.fill(DEK, (byte) 7);
    }

    @TempDir
    Path home;

    private StubVault vault;

    @BeforeEach
    void start() throws Exception {
        vault = new StubVault();
        ObjectValue fields = ObjectValue.builder()
                .put("password", Value.of("s3cret"))
                .put("port", Value.of(5432))
                .build();
        vault.put(
                "secret/data/app/database",
                ObjectValue.builder()
                        .put("data", fields)
                        .put("metadata", ObjectValue.empty().with("version", Value.of(3)))
                        .build());
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void isFoundByTheRunnerAndByKeysets() {
        assertThat(ServiceLoader.load(EtlPlugin.class))
                .anySatisfy(plugin -> assertThat(plugin.secretProviders())
                        .anySatisfy(provider -> assertThat(provider.name()).isEqualTo("vault")));
        assertThat(ServiceLoader.load(KeyWrapProvider.class))
                .anySatisfy(provider -> assertThat(provider.type()).isEqualTo("vault-transit"));
    }

    @Test
    void readsAFieldOfASecret() {
        VaultSecrets secrets = new VaultSecrets(client(Map.of("VAULT_NAMESPACE", "team-a")));
        assertThat(secrets.resolve("secret/app/database#password").reveal()).isEqualTo("s3cret");
        assertThat(secrets.resolve("secret/data/app/database#password").reveal())
                .isEqualTo("s3cret");
        assertThat(vault.requests()).containsOnly("GET secret/data/app/database in team-a");
    }

    @Test
    void saysWhatItDidNotFind() {
        VaultSecrets secrets = new VaultSecrets(client(Map.of()));
        assertRefused(() -> secrets.resolve("secret/none#k"), "vault: secret/none#k: there is no such thing (404)");
        assertRefused(
                () -> secrets.resolve("secret/app/database#user"),
                "vault: secret/app/database#user: the secret has no field \"user\" that is text");
        assertRefused(
                () -> secrets.resolve("secret/app/database#port"),
                "vault: secret/app/database#port: the secret has no field \"port\" that is text");
        vault.put("secret/data/old", ObjectValue.empty().with("password", Value.of("s3cret")));
        assertRefused(
                () -> secrets.resolve("secret/old#password"),
                "vault: secret/old#password: this is no secret of a key-value engine of version 2, or its latest version"
                        + " was deleted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "secret/database", "secret/../sys/raw#k", "secret/a?b=c#k", "#k", "secret/#k"})
    void refusesOddReferences(String reference) {
        assertRefused(
                () -> new VaultSecrets(client(Map.of())).resolve(reference),
                "vault: " + reference + ": a reference is MOUNT/PATH#FIELD, as ${vault:secret/database#password}");
        assertThat(vault.requests()).isEmpty();
    }

    @Test
    void takesTheTokenFromAVariableAFileOrALogin() throws Exception {
        Path file = Files.writeString(home.resolve("token"), StubVault.TOKEN + "\n");
        VaultClient byFile = new VaultClient(
                Map.of("VAULT_ADDR", vault.address() + "/", "VAULT_TOKEN_FILE", file.toString()), home, delay());
        assertThat(new VaultSecrets(byFile)
                        .resolve("secret/app/database#password")
                        .reveal())
                .isEqualTo("s3cret");
        VaultClient loggedIn = new VaultClient(Map.of("VAULT_ADDR", vault.address()), home, delay());
        assertRefused(
                () -> new VaultSecrets(loggedIn).resolve("secret/a#k"),
                "vault: there is no token; set VAULT_TOKEN_FILE or VAULT_TOKEN, or log in with: vault login");
        Files.writeString(home.resolve(".vault-token"), StubVault.TOKEN);
        assertThat(new VaultSecrets(loggedIn)
                        .resolve("secret/app/database#password")
                        .reveal())
                .isEqualTo("s3cret");
        assertRefused(
                () -> new VaultSecrets(new VaultClient(Map.of(), home, delay())).resolve("secret/a#k"),
                "vault: where it is is not known; set VAULT_ADDR, as https://vault.example.org:8200");
    }

    @Test
    void showsNeitherTheTokenNorTheAnswerOfARefusal() {
        VaultClient denied = new VaultClient(
                Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", "hvs.canary-other"), home, delay());
        assertRefused(
                () -> new VaultSecrets(denied).resolve("secret/app/database#password"),
                "vault: secret/app/database#password: access denied (403); does the token's policy allow it, and is it"
                        + " valid still?");
        VaultClient odd =
                new VaultClient(Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", "canary\nheader"), home, delay());
        assertRefused(
                () -> new VaultSecrets(odd).resolve("secret/app/database#password"),
                "vault: VAULT_ADDR, VAULT_NAMESPACE, the token or a path has a character that can not be sent");
    }

    @Test
    void asksAgainWhenVaultIsBusyAndGivesUpInTheEnd() {
        vault.failNext(503);
        vault.failNext(429);
        VaultSecrets secrets = new VaultSecrets(client(Map.of()));
        assertThat(secrets.resolve("secret/app/database#password").reveal()).isEqualTo("s3cret");
        assertThat(vault.requests()).hasSize(3);
        for (int i = 0; i < 4; i++) {
            vault.failNext(500);
        }
        assertRefused(
                () -> secrets.resolve("secret/app/database#password"),
                "vault: secret/app/database#password: Vault answered with status 500");
        vault.close();
        assertRefused(
                () -> secrets.resolve("secret/app/database#password"),
                "vault: secret/app/database#password: Vault at 127.0.0.1 can not be reached (ConnectException)");
    }

    @Test
    void transitOpensWhatItWrapped() {
        VaultTransit transit = new VaultTransit(client(Map.of()));
        WrappedKey wrapped = transit.wrap(DEK, "pii", Map.of("key", "etl"));
        assertThat(wrapped).isEqualTo(new WrappedKey("vault:v1:0", Map.of("key", "etl")));
        assertThat(transit.unwrap(wrapped, "pii")).isEqualTo(DEK);
        assertThat(vault.requests()).containsExactly("POST transit/encrypt/etl", "POST transit/decrypt/etl");
    }

    @Test
    void transitOpensAKeysetOfTheSameNameOnly() {
        VaultTransit transit = new VaultTransit(client(Map.of()));
        WrappedKey wrapped = transit.wrap(DEK, "pii", Map.of("key", "etl", "mount", "transit"));
        assertRefused(
                () -> transit.unwrap(wrapped, "other"),
                "vault: transit key transit/etl: Vault answered with status 400");
        assertRefused(
                () -> transit.unwrap(new WrappedKey(wrapped.ciphertext(), Map.of("key", "else")), "pii"),
                "vault: transit key transit/else: Vault answered with status 400");
    }

    @Test
    void settingsLeadToNoOtherPath() {
        VaultTransit transit = new VaultTransit(client(Map.of()));
        String key = "vault: which transit key? its name is letters, digits, dots, dashes and underscores:"
                + " --wrap-option key=NAME";
        assertRefused(() -> transit.wrap(DEK, "pii", Map.of()), key);
        assertRefused(() -> transit.wrap(DEK, "pii", Map.of("key", "../../sys/seal")), key);
        assertRefused(
                () -> transit.wrap(DEK, "pii", Map.of("key", "etl", "mount", "../sys")),
                "vault: the transit engine's mount is no path: --wrap-option mount=PATH");
        assertThat(vault.requests()).isEmpty();
    }

    private VaultClient client(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("VAULT_ADDR", vault.address());
        environment.put("VAULT_TOKEN", StubVault.TOKEN);
        return new VaultClient(environment, home, delay());
    }

    private static Duration delay() {
        return Duration.ofMillis(1);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(StartupException.class)
                .hasMessage(message)
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }
}
