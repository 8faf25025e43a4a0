package io.etlkit.secrets.vault;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.config.SecretProviderFactory;
import java.util.List;

/** Offers <code>${vault:PATH#KEY}</code> to pipeline files. */
public final class VaultPlugin implements EtlPlugin {
    /** For {@link java.util.ServiceLoader}. */
    public VaultPlugin() {}

    @Override
    public List<SecretProviderFactory> secretProviders() {
        return List.of(new VaultSecrets(VaultClient.ofProcess()));
    }
}
