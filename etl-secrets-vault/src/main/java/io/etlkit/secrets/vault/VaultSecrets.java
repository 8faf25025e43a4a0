package io.etlkit.secrets.vault;

import io.etlkit.api.StartupException;
import io.etlkit.api.config.Secret;
import io.etlkit.api.config.SecretProviderFactory;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one field of a secret of a key-value engine, version 2. */
final class VaultSecrets implements SecretProviderFactory {
    /** The engine's mount, the rest of the path, the field. */
    private static final Pattern REFERENCE =
            Pattern.compile("/?([A-Za-z0-9_.-]+)/((?:[A-Za-z0-9_.-]+/)*[A-Za-z0-9_.-]+)#(.+)");

    private final VaultClient vault;

    VaultSecrets(VaultClient vault) {
        this.vault = vault;
    }

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public String summary() {
        return "HashiCorp Vault, key-value engine version 2: ${vault:secret/database#password}.";
    }

    @Override
    public Secret resolve(String reference) {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches() || parts.group(2).contains("..")) {
            throw new StartupException("vault: " + reference + ": a reference is MOUNT/PATH#FIELD, as"
                    + " ${vault:secret/database#password}");
        }
        ObjectValue answer = vault.get(apiPath(parts.group(1), parts.group(2)), reference);
        if (answer.get("data").filter(ObjectValue.class::isInstance).isEmpty()) {
            throw new StartupException("vault: " + reference
                    + ": this is no secret of a key-value engine of version 2, or its latest version was deleted");
        }
        return ((ObjectValue) answer.get("data").get())
                .get(parts.group(3))
                .filter(TextValue.class::isInstance)
                .map(text -> Secret.of(((TextValue) text).value()))
                .orElseThrow(() -> new StartupException(
                        "vault: " + reference + ": the secret has no field \"" + parts.group(3) + "\" that is text"));
    }

    /** {@code secret/database} is what the vault command calls it; {@code secret/data/database} is the API's own path. */
    private static String apiPath(String mount, String rest) {
        return rest.startsWith("data/") ? mount + "/" + rest : mount + "/data/" + rest;
    }
}
