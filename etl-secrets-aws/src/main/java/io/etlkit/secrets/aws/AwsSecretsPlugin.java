package io.etlkit.secrets.aws;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.config.SecretProviderFactory;
import java.util.List;

/** Offers <code>${aws-sm:ID#KEY}</code> to pipeline files. */
public final class AwsSecretsPlugin implements EtlPlugin {
    /** For {@link java.util.ServiceLoader}. */
    public AwsSecretsPlugin() {}

    @Override
    public List<SecretProviderFactory> secretProviders() {
        return List.of(new SecretsManagerSecrets(AwsClients.ofProcess()));
    }
}
