package io.etlkit.api.config;

/**
 * Resolves references such as <code>${vault:path#key}</code> in a pipeline file. Stateless, safe for any thread.
 */
public interface SecretProviderFactory {
    /** The prefix in a reference: lower case letters, digits and dashes. */
    String name();

    /** What it reads from, in one sentence. */
    String summary();

    /**
     * Fetches a secret; may block on the network.
     *
     * @param reference what stands behind the prefix
     * @throws io.etlkit.api.StartupException when there is no such secret, or no access
     */
    Secret resolve(String reference);
}
