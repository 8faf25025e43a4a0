package io.etlkit.sink.postgres;

import io.etlkit.api.config.Option;

/**
 * How the sink manages its ledger.
 *
 * @param manage whether the sink creates the ledger and its partitions, and drops old ones
 */
public record LedgerConfig(
        @Option(
                description =
                        "Create the ledger and its partitions, and drop old ones. Set false if the user has no right to create: somebody else creates them then, and the sink reports what is missing.",
                defaultValue = "true")
        boolean manage) {
    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static LedgerConfigBuilder builder() {
        return new LedgerConfigBuilder();
    }
}
