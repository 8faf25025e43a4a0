package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.runner.internal.file.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RunCommandTest {
    @TempDir
    private Path folder;

    @Test
    void runsAPipelineToItsEndAndPrintsOneJsonLine() throws IOException {
        Path file = pipeline("""
                name: logins
                lanes: 2
                source:
                  memory: { queue: q, messages: ['{"user":"u1","age":"x"}', '{"user":"u2"}', 'not json', '{"age":3}'] }
                transforms:
                  - require: { fields: [user] }
                    when: body.user != "nobody"
                  - compute:
                      day: date(headers.sentAt)
                  - select: { fields: [user, day] }
                sink: { memory: { table: runs } }
                deadLetter: { original: omit, memory: { table: runs } }
                """);

        Etl etl = Etl.run("run", "--json", "--until-idle=10ms", file.toString());

        assertThat(etl.err()).isEmpty();
        assertThat(etl.exitCode()).isZero();
        assertThat(etl.out())
                .matches("\\{\"pipeline\":\"logins\",\"received\":4,\"written\":2,\"filtered\":0,\"duplicate\":0,"
                        + "\"deadLettered\":2,\"dropped\":0,\"released\":0,\"rows\":2,\"seconds\":[0-9.]+}\\R");
        assertThat(MemoryPlugin.written("runs"))
                .first()
                .satisfies(record -> assertThat(record.body())
                        .isEqualTo(ObjectValue.builder()
                                .put("user", new TextValue("u1"))
                                .put("day", new TextValue("2024-05-06"))
                                .build()));
        assertThat(MemoryPlugin.letters("runs")).hasSize(2);
    }

    @Test
    void aKeysetThatIsNotThereIsAMistakeInTheConfiguration() throws IOException {
        Path file = pipeline("""
                name: logins
                source: { memory: { queue: q, messages: ['{"ip":"10.0.0.1"}'] } }
                transforms:
                  - mask:
                      keyset: keys/none.json
                      fields: [{ path: ip, method: hmac }]
                sink: { memory: { table: unmasked } }
                """);
        Etl etl = Etl.run("run", "--until-idle=10ms", file.toString());
        assertThat(etl.exitCode()).isEqualTo(2);
        assertThat(etl.out()).isEmpty();
        assertThat(etl.err())
                .isEqualTo(file
                        + ":5:7: transforms[0].mask.keyset: there is no keyset file keys/none.json (relative paths"
                        + " start at the pipeline file's folder); make one with: etl keys init\n");
        assertThat(Etl.run("validate", file.toString()).exitCode()).isZero();
    }

    @Test
    void aDeprecatedOptionIsLoggedOnceHoweverManyLanesThereAre() throws IOException {
        Path file = pipeline("""
                name: logins
                lanes: 3
                source: { memory: { queue: q, messages: ['{"a":1}'], pollSize: 10 } }
                sink: { memory: { table: deprecated } }
                """);
        Logger logger = (Logger) LoggerFactory.getLogger(PipelineReader.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            assertThat(Etl.run("run", "--until-idle=10ms", file.toString()).exitCode())
                    .isZero();
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(file + ":3:54: source.memory.pollSize: is deprecated; use batch.maxRecords");
    }

    @Test
    void untilIdleDoesNotSwallowTheFile() throws IOException {
        Path file = pipeline("""
                name: logins
                source: { memory: { queue: q, messages: ['{"a":1}'] } }
                sink: { memory: { table: unswallowed } }
                """);
        Etl etl = Etl.run("run", "--limit", "1", "--until-idle", file.toString());
        assertThat(etl.err()).isEmpty();
        assertThat(etl.exitCode()).isZero();
        assertThat(MemoryPlugin.written("unswallowed")).hasSize(1);
    }

    @Test
    void endsAfterTheLimitAndPrintsALineForPeople() throws IOException {
        Path file = pipeline("""
                name: logins
                source: { memory: { queue: q, messages: ['{"a":1}', '{"a":2}', '{"a":3}'] } }
                sink: { memory: { table: limited } }
                """);
        Etl etl = Etl.run("run", file.toString(), "--limit", "2");
        assertThat(etl.exitCode()).isZero();
        assertThat(etl.out())
                .matches(
                        "logins: ended after [0-9.]+ s: received 2, written 2, filtered 0, duplicate 0, dead-lettered 0,"
                                + " dropped 0, released 0; rows 2\\R");
    }

    @Test
    void aFailureIsToldAndStillSummedUp() throws IOException {
        Path file = pipeline("""
                name: logins
                source: { memory: { queue: missing } }
                sink: { memory: { table: t } }
                """);
        Etl etl = Etl.run("run", file.toString());
        assertThat(etl.exitCode()).isEqualTo(1);
        assertThat(etl.err()).contains("there is no queue missing");
        assertThat(etl.out())
                .startsWith("logins: failed after ")
                .contains("received 0")
                .hasLineCount(1);
    }

    @Test
    void setPutsAValueInPlaceOfTheFiles() throws IOException {
        Path file = pipeline("""
                name: logins
                source: { memory: { queue: missing, messages: ['{"a":1}'] } }
                sink: { memory: { table: t, password: '${safe:unknown}' } }
                """);
        Etl etl = Etl.run(
                "run",
                "--until-idle=1ms",
                "--set",
                "source.memory.queue=q",
                "--set",
                "sink.memory.table=set-table",
                "--set",
                "sink.memory.password=${safe:db#password}",
                "--set",
                "transforms=[{select: {fields: [a]}}]",
                file.toString());
        assertThat(etl.err()).isEmpty();
        assertThat(etl.exitCode()).isZero();
        assertThat(MemoryPlugin.written("set-table")).hasSize(1);
    }

    @Test
    void aWrongOverrideIsLocatedAtTheOption() throws IOException {
        Path file = pipeline("""
                name: logins
                source: { memory: { queue: q } }
                sink: { memory: { table: t } }
                """);
        Etl etl =
                Etl.run("run", "--set", "lanes=many", "--set", "sink.memory.tabel=x", "--set", "oops", file.toString());
        assertThat(etl.exitCode()).isEqualTo(2);
        assertThat(etl.err().lines())
                .containsExactlyInAnyOrder(
                        "--set: lanes: must be a whole number, and is \"many\"",
                        "--set: sink.memory.tabel: unknown key \"tabel\"; did you mean \"table\"?",
                        "--set: oops: must be path=value, as in --set sink.postgres.table=logins");
        assertThat(etl.out()).isEmpty();
    }

    @Test
    void relativeReferencesStartAtThePipelineFilesFolder() throws IOException {
        Files.writeString(folder.resolve("table.txt"), "from-file\n");
        Path file = pipeline("""
                name: ${env:NAME}
                source: { memory: { queue: q, messages: ['{"a":1}'] } }
                sink: { memory: { table: '${file:table.txt}-${env:SUFFIX:a:b}' } }
                """);
        Etl etl = Etl.run(Map.of("NAME", "logins"), "run", "--until-idle=1ms", file.toString());
        assertThat(etl.err()).isEmpty();
        assertThat(MemoryPlugin.written("from-file-a:b")).hasSize(1);
    }

    @Test
    void aSecretIsNeverPrinted() throws IOException {
        Path file = pipeline("""
                name: logins
                source: { memory: { queue: q } }
                sink:
                  memory:
                    table: t
                    url: ${safe:db#password}
                """);
        Etl etl = Etl.run("run", file.toString());
        assertThat(etl.exitCode()).isEqualTo(2);
        assertThat(etl.err()).contains("sink.memory.url: ").doesNotContain("hunter2");
    }

    @Test
    void usageErrorsExitWith2() {
        assertThat(Etl.run("rnu"))
                .isEqualTo(new Etl(2, "", "etl: unknown verb \"rnu\"; did you mean \"run\"?\nTry 'etl --help'.\n"));
        assertThat(Etl.run("run", "a.yaml", "--lmit", "3"))
                .isEqualTo(new Etl(
                        2, "", "etl: unknown option \"--lmit\"; did you mean \"--limit\"?\nTry 'etl run --help'.\n"));
        assertThat(Etl.run("run", "a.yaml", "b.yaml").err()).startsWith("etl: \"b.yaml\" is one argument too many");
        assertThat(Etl.run("run").err()).startsWith("etl: Missing required parameter: 'FILE'");
        assertThat(Etl.run("run", "f.yaml", "--until-idle=5").err())
                .startsWith("etl: Invalid value for option '--until-idle'")
                .contains("must be a duration with its unit");
        assertThat(Etl.run("run", "f.yaml", "--limit", "0").exitCode()).isEqualTo(2);
        assertThat(Etl.run().err())
                .startsWith("etl: which verb? There is demo, run, validate, plugins, dead-letters, keys and reveal");
    }

    @Test
    void aWrongFileNameIsToldPlainly() {
        assertThat(Etl.run("run", "nowhere.yaml")).isEqualTo(new Etl(2, "", "nowhere.yaml: there is no such file\n"));
        assertThat(Etl.run("run", folder.toString()).err())
                .isEqualTo(
                        folder + ": is a folder; name the pipeline file in it, as in " + folder + "/pipeline.yaml\n");
    }

    private Path pipeline(String yaml) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), yaml);
    }
}
