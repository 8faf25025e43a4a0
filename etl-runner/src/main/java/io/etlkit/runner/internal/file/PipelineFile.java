package io.etlkit.runner.internal.file;

import io.etlkit.api.RejectPolicy;
import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.BatchConfig;
import io.etlkit.engine.DecodeConfig;
import io.etlkit.engine.RetryConfig;
import io.etlkit.engine.config.ConfigNode;
import java.util.List;
import java.util.Optional;

/**
 * The top-level keys of a pipeline file.
 *
 * @param name the pipeline's name
 * @param lanes how many lanes run side by side
 * @param pii paths of personal fields
 * @param source where records come from
 * @param decode how text becomes a body
 * @param transforms the steps
 * @param sink where records go
 * @param batch how batches are collected
 * @param retry how transient failures are retried
 * @param onReject what becomes of rejected records
 * @param deadLetter where rejected records are kept
 * @param tests what {@code etl test} runs
 */
public record PipelineFile(
        @Option(
                description =
                        "The pipeline's name, of letters, digits, dots, dashes and underscores. The ledger and the dead"
                                + " letters are kept under it, so it should not change.",
                example = "user-logins")
        String name,

        @Option(
                description = "How many lanes read, transform and write side by side; each has its own connections.",
                defaultValue = "1",
                min = "1",
                max = "256")
        int lanes,

        @Option(
                description =
                        "Paths of the decoded body that may reach no sink, header, dead letter or log in the clear.",
                defaultValue = "[]",
                example = "[ip, device_id]")
        List<FieldPath> pii,

        @Option(description = "Where records come from: one source plugin's name, and its options.")
        ConfigNode source,

        @Option(description = "How a message's text becomes a record's body.", defaultValue = "{}")
        DecodeConfig decode,

        @Option(
                description =
                        "The steps that each record goes through, in order: each one transform plugin's name and its"
                                + " options, with when: and label: beside it.",
                defaultValue = "[]")
        List<ConfigNode> transforms,

        @Option(description = "Where records go: one sink plugin's name, and its options.")
        ConfigNode sink,

        @Option(description = "How a lane collects a batch.", defaultValue = "{}")
        BatchConfig batch,

        @Option(description = "How a transient failure is retried.", defaultValue = "{}")
        RetryConfig retry,

        @Option(
                description =
                        "What becomes of a rejected record: deadLetter, release, fail or drop. Without it deadLetter"
                                + " where that block is there, else fail.",
                example = "deadLetter")
        Optional<RejectPolicy> onReject,

        @Option(
                description =
                        "Where rejected records are kept: one dead-letter sink plugin's name and its options, with original: and"
                                + " keyset: beside it.")
        Optional<ConfigNode> deadLetter,

        @Option(description = "What etl test runs: records to put in, and what is to come out.", defaultValue = "[]")
        List<PipelineTest> tests) {

    /** Checks the name. */
    public PipelineFile {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "name: must be of letters, digits, dots, dashes and underscores, begin with a letter or digit, and be"
                            + " at most 100 long");
        }
    }
}
