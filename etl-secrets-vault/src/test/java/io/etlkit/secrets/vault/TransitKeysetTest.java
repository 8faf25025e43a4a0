package io.etlkit.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.testkit.KeyWrapContract;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransitKeysetTest extends KeyWrapContract {
    private StubVault vault;

    @BeforeEach
    void start() throws Exception {
        vault = new StubVault();
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Override
    protected String type() {
        return "vault-transit";
    }

    @Override
    protected List<String> settings() {
        return List.of("key=etl");
    }

    @Override
    protected Map<String, String> environment() {
        return Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", StubVault.TOKEN);
    }

    @Override
    protected void denyNext() {
        vault.failNext(403);
    }

    @Test
    void aSecretOfVaultCanHoldTheKeyset() throws Exception {
        ObjectValue fields = ObjectValue.empty().with("keyset", Value.of(Files.readString(makeKeyset())));
        vault.put("secret/data/pii", ObjectValue.empty().with("data", fields));

        assertThat(lookup("vault:secret/pii#keyset")).startsWith("mk1.");
    }
}
