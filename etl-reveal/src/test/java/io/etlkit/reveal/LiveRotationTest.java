package io.etlkit.reveal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.stub.sqs.StubSqsServer;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.Revealer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The runbook of docs/keys.md, twice for each kind of key, while two hosts write to the table all the time. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class LiveRotationTest {
    private static final List<String> PEOPLE = MaskedTable.people(30);
    private static final List<String> COLUMNS = List.of("first_ip", "second_ip");
    private static final int EVERYBODY = PEOPLE.size();

    @TempDir
    Path folder;

    @Test
    void everyKeyIsRotatedTwiceAndPeopleStayCountable(TestDatabase database) throws Exception {
        rotateLive(database, List.of("hmac", "aes-gcm"), (rotation, traffic) -> {
            rotation.rotateEncryptionKey(traffic);
            rotation.rotateIndexKey(traffic, "--over");
        });
    }

    @Test
    void reversibleColumnsAreBroughtToAFreshIndexKeyTwice(TestDatabase database) throws Exception {
        rotateLive(
                database,
                List.of("aes-gcm-siv", "aes-gcm"),
                (rotation, traffic) -> rotation.rotateIndexKey(traffic, "--fresh"));
    }

    private void rotateLive(TestDatabase database, List<String> methods, Round round) throws Exception {
        MaskedTable table = new MaskedTable(folder, database, LoginHost.TABLE);
        int sent;
        try (StubSqsServer queue = StubSqsServer.builder()
                        .queue(LoginHost.QUEUE, Duration.ofSeconds(30))
                        .start();
                LoginHost oneHost = new LoginHost(folder.resolve("one"), queue.endpoint(), database, methods);
                LoginHost otherHost = new LoginHost(folder.resolve("other"), queue.endpoint(), database, methods)) {
            Rotation rotation = new Rotation(table, database, List.of(oneHost, otherHost));
            rotation.restartHosts();
            try (LoginTraffic traffic = LoginTraffic.start(queue, database, PEOPLE)) {
                traffic.awaitEverybody();
                rotation.assertEverybodyIsCountedOnce();
                round.rotate(rotation, traffic);
                round.rotate(rotation, traffic);
                traffic.awaitEverybody();
                traffic.finish();
                sent = traffic.sent();
                assertRowsAre(table, database, traffic);
            }
            LoginHost.stop(List.of(oneHost, otherHost));
        }
        assertThat(database.column("SELECT n FROM logins ORDER BY n"))
                .as("each message is one row")
                .containsExactlyElementsOf(
                        IntStream.range(0, sent).mapToObj(Integer::toString).toList());
        assertThat(database.count("etl_ledger")).isEqualTo(sent);
    }

    /** Each row's reversible tokens are under the primary keys, and give the address that was sent. */
    private static void assertRowsAre(MaskedTable table, TestDatabase database, LoginTraffic traffic) throws Exception {
        try (Keyset keyset = Keyset.load(table.keyset(), Path.of(""))) {
            Revealer revealer = Revealer.open(keyset);
            String indexKey = table.primary("index");
            String encryptionKey = table.primary("enc");
            int revealed = 0;
            for (Map<String, ?> row : database.query("SELECT n, first_ip, second_ip FROM logins")) {
                int number = (Integer) row.get("n");
                for (String column : COLUMNS) {
                    String token = String.valueOf(row.get(column));
                    assertThat(token).startsWith("mk1." + indexKey + ".");
                    if (token.length() > 33) {
                        assertThat(token.substring(35)).startsWith(encryptionKey + ".");
                        assertThat(revealer.reveal(token, "ip").value()).isEqualTo(traffic.addressOf(number));
                        revealed++;
                    }
                }
            }
            assertThat(revealed).isGreaterThanOrEqualTo(traffic.sent());
        }
    }

    /** Rotates something once. */
    @FunctionalInterface
    private interface Round {
        void rotate(Rotation rotation, LoginTraffic traffic) throws Exception;
    }

    /** The steps of the runbook. */
    private record Rotation(MaskedTable table, TestDatabase database, List<LoginHost> hosts) {
        void rotateEncryptionKey(LoginTraffic traffic) throws Exception {
            String old = table.primary("enc");
            String added = table.add("enc");
            restartHosts();
            traffic.awaitEverybody();
            assertEverybodyIsCountedOnce();
            table.promote(added);
            hosts.get(0).restartWith(file());
            awaitTokensOfBoth(old, added);
            assertEverybodyIsCountedOnce();
            hosts.get(1).restartWith(file());
            traffic.awaitEverybody();
            assertEverybodyIsCountedOnce();
            COLUMNS.forEach(
                    column -> assertRewritten(table.remaskAt("logins", column, "--batch", "50"), isReversible(column)));
            assertThat(Invocation.of("keys", "destroy", table.keyset(), old).exitCode())
                    .isZero();
            assertEverybodyIsCountedOnce();
        }

        void rotateIndexKey(LoginTraffic traffic, String how) throws Exception {
            String old = table.primary("index");
            String added = how.equals("--fresh") ? table.add("index", how) : table.add("index", how, old);
            restartHosts();
            traffic.awaitEverybody();
            assertEverybodyIsCountedOnce();
            table.promote(added);
            hosts.get(0).restartWith(file());
            awaitTokensOfBoth(old, added);
            assertThat(table.distinct("second_ip")).isBetween(EVERYBODY + 1L, 2L * EVERYBODY);
            hosts.get(1).restartWith(file());
            traffic.awaitEverybody();
            for (String column : COLUMNS) {
                assertThat(table.distinct(column)).isEqualTo(2L * EVERYBODY);
            }
            for (String column : COLUMNS) {
                Invocation built = table.remaskAt("logins", column, map("build"));
                assertThat(built.out()).as(built.err()).contains("distinct values by the map: " + EVERYBODY + "\n");
            }
            traffic.awaitEverybody();
            assertEverybodyIsCountedOnceByTheMap();
            assertRewritten(table.remaskAt("logins", "first_ip", map("keep")), true);
            assertEverybodyIsCountedOnceByTheMap();
            assertRewritten(table.remaskAt("logins", "second_ip", map("use")), true);
            assertThat(Invocation.of("keys", "retire", table.keyset(), old).exitCode())
                    .isZero();
            assertEverybodyIsCountedOnce();
        }

        private void assertEverybodyIsCountedOnceByTheMap() {
            for (String column : COLUMNS) {
                assertThat(table.distinctByMap(column)).as(column).isEqualTo(EVERYBODY);
            }
        }

        /** A column of {@code hmac} tokens only has nothing that proves the domain. */
        private String[] map(String step) {
            return new String[] {"--map", step, "--batch", "50", "--known", table.known(PEOPLE.get(0)), "--type", "ip"};
        }

        private Path file() {
            return Path.of(table.keyset());
        }

        void restartHosts() throws Exception {
            for (LoginHost host : hosts) {
                host.restartWith(file());
            }
        }

        /** One host was restarted and the other was not, so that rows come in of both keys. */
        private void awaitTokensOfBoth(String old, String added) {
            String from = database.column("SELECT max(id) FROM logins").get(0);
            await("both hosts write")
                    .until(() -> List.of(old, added).stream()
                            .allMatch(key -> !database.column("SELECT id FROM logins WHERE id > " + from
                                            + " AND position('" + key + "' IN second_ip) IN (5, 36) LIMIT 1")
                                    .isEmpty()));
        }

        /** Tokens of {@code hmac} have no encryption key. */
        private boolean isReversible(String column) {
            return !database.column("SELECT id FROM logins WHERE length(" + column + ") > 33 LIMIT 1")
                    .isEmpty();
        }

        private static void assertRewritten(Invocation remasked, boolean some) {
            assertThat(remasked.exitCode()).as(remasked.err() + remasked.out()).isZero();
            assertThat(remasked.out()).contains("of old keys, left: 0\n");
            assertThat(remasked.out().contains("\nrewritten: 0\n")).isNotEqualTo(some);
        }

        /** In both columns, and by the columns joined. */
        void assertEverybodyIsCountedOnce() {
            for (String column : COLUMNS) {
                assertThat(table.distinct(column)).as(column).isEqualTo(EVERYBODY);
            }
            assertThat(
                            database.column(
                                    "SELECT count(*) FROM (SELECT DISTINCT left(first_ip, 33) AS start FROM logins) f"
                                            + " JOIN (SELECT DISTINCT left(second_ip, 33) AS start FROM logins) s USING (start)"))
                    .containsExactly(Integer.toString(EVERYBODY));
        }
    }
}
