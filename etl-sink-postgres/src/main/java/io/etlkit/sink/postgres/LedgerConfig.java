package io.etlkit.sink.postgres;

import io.etlkit.api.config.Option;

/**
 * How the sink treats its ledger.
 *
 * @param manage whether the sink makes the ledger and its partitions, and drops old ones
 */
public record LedgerConfig(
        @Option(
                description =
                        "Make the ledger and its partitions, and drop old ones. false where the user has no right to create: then somebody else does, and the sink says what is missing.",
                defaultValue = "true")
        boolean manage) {
    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static LedgerConfigBuilder builder() {
        return new LedgerConfigBuilder();
    }
}
