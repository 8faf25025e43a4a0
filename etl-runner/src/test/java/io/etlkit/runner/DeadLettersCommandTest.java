package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code etl dead-letters}: its usage, {@code list} and {@code show}. */
class DeadLettersCommandTest extends DeadLettersFixture {
    @Test
    void listsLettersAndCountsThemByReason() {
        Etl etl = Etl.run("dead-letters", "list", file.toString());

        assertThat(etl).isEqualTo(new Etl(0, """
                id  failed at             attempts  stage      step                   reason          field   original
                m1  2026-01-02T04:00:01Z  2         transform  transforms[0].require  missing_field   user    clear
                m2  2026-01-02T04:00:02Z  2         decode                            malformed_json          clear
                m3  2026-01-02T04:00:03Z  2         transform  transforms[0].require  missing_field   user    sealed
                m4  2026-01-02T04:00:04Z  2         sink                              too_long        device  omitted

                4 dead letters; by reason:
                letters  stage      reason          field
                2        transform  missing_field   user
                1        decode     malformed_json
                1        sink       too_long        device
                """, ""));
    }

    @Test
    void listsWhereThereIsNoKeyset() throws IOException {
        Path elsewhere =
                pipeline("elsewhere", "[{ mask: { keyset: nowhere.json, fields: [{ path: ip, method: hmac }] } }]", "");

        assertThat(Etl.run("dead-letters", "list", elsewhere.toString()).out()).contains("4 dead letters; by reason:");
    }

    @Test
    void listsAJsonObjectALine() {
        Etl etl =
                Etl.run("dead-letters", "list", "--json", "--reason", "missing_field", "--limit", "1", file.toString());

        assertThat(etl).isEqualTo(new Etl(0, """
                {"pipeline":"logins","id":"m1","since":"2026-01-02T03:00:01Z","failedAt":"2026-01-02T04:00:01Z",\
                "firstFailedAt":"2026-01-02T04:00:01Z","attempts":2,"stage":"transform","step":"transforms[0].require",\
                "reason":"missing_field","field":"user","message":"what is wrong","original":"clear"}
                """, ""));
    }

    @Test
    void listsWhatIsAskedFor() {
        assertThat(ids("--reason", "malformed_json")).containsExactly("m2");
        assertThat(ids("--stage", "sink")).containsExactly("m4");
        assertThat(ids("--since", "2026-01-02T04:00:03Z")).containsExactly("m3", "m4");
        assertThat(ids("--since", "2026-01-02")).hasSize(4);
        assertThat(ids("--since", "1h")).isEmpty();
        assertThat(Etl.run("dead-letters", "list", "--limit", "1", file.toString())
                        .out())
                .contains("4 dead letters, of which 1 are shown; by reason:")
                .doesNotContain("m2");
    }

    private List<String> ids(String option, String value) {
        Etl etl = Etl.run("dead-letters", "list", "--json", option, value, file.toString());
        assertThat(etl.err()).isEmpty();
        return etl.out()
                .lines()
                .map(line -> line.replaceAll(".*\"id\":\"(m.)\".*", "$1"))
                .toList();
    }

    @Test
    void thereMayBeNone() throws IOException {
        Files.delete(folder.resolve("dead.jsonl"));
        assertThat(Etl.run("dead-letters", "list", file.toString())).isEqualTo(new Etl(0, "no dead letters\n", ""));
        assertThat(Etl.run("dead-letters", "list", "--json", file.toString())).isEqualTo(new Etl(0, "", ""));
        assertThat(Etl.run("dead-letters", "show", file.toString())).isEqualTo(new Etl(0, "", ""));
        assertThat(folder.resolve("dead.jsonl")).doesNotExist();
    }

    @Test
    void showsALetterInFullAndTellsWhatIsMissing() {
        Etl etl = Etl.run("dead-letters", "show", file.toString(), "m1", "m9");

        assertThat(etl).isEqualTo(new Etl(1, """
                id               m1
                sent at          2026-01-02T03:00:01Z
                first failed at  2026-01-02T04:00:01Z
                failed at        2026-01-02T04:00:01Z
                attempts         2
                stage            transform
                step             transforms[0].require
                reason           missing_field
                field            user
                message          what is wrong
                original         clear

                """, "etl: there is no dead letter of message m9\n"));
    }

    @Test
    void showsAllAndNoValue() {
        Etl etl = Etl.run("dead-letters", "show", file.toString());
        assertThat(etl.exitCode()).isZero();
        assertThat(etl.out().lines().filter(line -> line.startsWith("id "))).hasSize(4);
        assertThat(etl.out()).doesNotContain(SECRET, "no JSON");
    }

    @Test
    void originalsTakeAReasonAndWhatOpensThem() {
        assertThat(Etl.run("dead-letters", "show", "--original", file.toString())
                        .err())
                .startsWith("etl: --original needs --reason TEXT: say why");
        assertThat(Etl.run("dead-letters", "show", "--original", "--reason", " ", file.toString())
                        .exitCode())
                .isEqualTo(2);
        Etl etl = Etl.run("dead-letters", "show", "--original", "--reason", "ticket 7", file.toString());
        assertThat(etl.exitCode()).isEqualTo(2);
        assertThat(etl.err()).startsWith("etl: --original needs etl-reveal, which is not installed here");
        assertThat(etl.out()).isEmpty();
    }

    @Test
    void aPipelineWithoutDeadLettersIsRefused() throws IOException {
        String start = "name: logins\nsource: { memory: { queue: q } }\nsink: { memory: { table: t } }\n";
        Path without = Files.writeString(folder.resolve("without.yaml"), start);
        for (String verb : List.of("list", "show", "replay")) {
            assertThat(Etl.run("dead-letters", verb, without.toString()))
                    .isEqualTo(
                            new Etl(
                                    2,
                                    "",
                                    without
                                            + ": deadLetter: there is no such block, so this pipeline keeps no dead letters\n"));
        }
        Path other = pipeline("t", "[]", "onReject: drop");
        assertThat(Etl.run("dead-letters", "list", other.toString()))
                .isEqualTo(new Etl(
                        2,
                        "",
                        other + ": onReject: is not deadLetter, so this pipeline keeps no dead letters; --set"
                                + " onReject=deadLetter looks at those that it kept before\n"));
        assertThat(Etl.run("dead-letters", "list", "--set", "onReject=deadLetter", other.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void aSinkThatCanNotBeReadBackSaysSo() {
        Etl etl = Etl.run("dead-letters", "list", "--set", "deadLetter={memory: {table: t}}", file.toString());
        assertThat(etl)
                .isEqualTo(new Etl(
                        1,
                        "",
                        "etl: the dead-letter sink \"memory\" can not be read back: it keeps letters for other programs"
                                + " to read\n"));
    }

    @Test
    void usageErrorsExitWith2() {
        assertThat(Etl.run("dead-letters").err()).startsWith("etl: list, show or replay?");
        assertThat(Etl.run("dead-letters", "lsit", "f").err())
                .startsWith("etl: unknown verb \"lsit\"; did you mean \"list\"?");
        assertThat(Etl.run("dead-letters", "list").err()).startsWith("etl: Missing required parameter: 'FILE'");
        assertThat(Etl.run("dead-letters", "list", "f", "--stage", "end").err())
                .startsWith("etl: --stage must be decode, transform, guard or sink, and is \"end\"");
        assertThat(Etl.run("dead-letters", "list", "f", "--since", "lately").err())
                .startsWith("etl: --since must be how long ago, as 2h or 7d, or a time, as 2026-01-02");
        assertThat(Etl.run("dead-letters", "list", "f", "--limit", "0").exitCode())
                .isEqualTo(2);
        assertThat(Etl.run("dead-letters", "replay", "f", "--limit", "0").exitCode())
                .isEqualTo(2);
        assertThat(Etl.run("dead-letters", "list", "nowhere.yaml"))
                .isEqualTo(new Etl(2, "", "nowhere.yaml: there is no such file\n"));
    }
}
