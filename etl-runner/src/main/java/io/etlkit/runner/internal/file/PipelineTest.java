package io.etlkit.runner.internal.file;

import io.etlkit.api.config.Option;
import io.etlkit.api.value.Value;
import java.util.List;

/**
 * One of a pipeline file's own tests.
 *
 * @param name what it is called
 * @param input the records to put in
 * @param expect what has to come out
 * @param equal places that have to hold equal values
 * @param never texts that may come out nowhere
 */
public record PipelineTest(
        @Option(description = "What the test is called.") String name,

        @Option(description = "The records to put in, each with body: and, where they matter, headers:.")
        List<Value> input,

        @Option(
                description = "The records that come out, in order; fields that are not named may be anything.",
                defaultValue = "[]")
        List<Value> expect,

        @Option(
                description =
                        "Groups of places that hold equal values, each place as \"RECORD.field\", counted from 0.",
                defaultValue = "[]")
        List<List<String>> equal,

        @Option(description = "Texts that may come out in no field, header or dead letter.", defaultValue = "[]")
        List<String> never) {}
