package io.etlkit.examples.logins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonReader;
import io.etlkit.testkit.EtlProcess;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.SqsExtension;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestQueue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline, out of this folder's own files, in a process of its own, on a real queue and a real database. */
@ExtendWith({SqsExtension.class, PostgresExtension.class})
class UserLoginsIT {
    private static final Pattern TOKEN = Pattern.compile("mk1\\.[\\w-]{6}\\.[\\w-]{22}\\.g[\\w-]{6}\\.[\\w-]{44}");

    @TempDir
    Path folder;

    @Test
    void loadsTheSampleMessages(TestQueue queue, TestDatabase database) throws Exception {
        Deployment deployment = Deployment.prepare(folder, queue, database);
        List<String> messages = Files.readAllLines(Deployment.EXAMPLE.resolve("messages.jsonl"));
        queue.send(messages);

        Deployment.Finished run = deployment.runUntilIdle();

        assertThat(run.exitCode()).as(run.err()).isZero();
        run.books().assertBalanced();
        assertThat(run.books().count("received")).isEqualTo(100);
        assertThat(run.books().count("written")).isEqualTo(97);
        assertThat(run.books().count("deadLettered")).isEqualTo(3);
        assertThat(run.books().count("rows")).isEqualTo(97);
        assertThat(queue.depth()).isZero();
        assertThat(database.count("user_logins")).isEqualTo(97);
        assertThat(database.column("SELECT reason FROM etl_dead_letters ORDER BY reason"))
                .containsExactly("malformed_json", "missing_field", "missing_field");
        assertThat(database.column("SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                        + " WHERE attrelid = 'user_logins'::regclass AND attname = 'app_version'"))
                .containsExactly("character varying(32)");
        assertThat(database.column("SELECT (create_date >= current_date - 1)::int" + " FROM user_logins GROUP BY 1"))
                .containsExactly("1");
        assertTokensGroupAsTheOriginalsDo(database, messages);
        assertNothingInTheClear(database, run, originals(messages));
    }

    @Test
    void keepsTheGoodAndExplainsTheBad(TestQueue queue, TestDatabase database) throws Exception {
        Deployment deployment = Deployment.prepare(folder, queue, database);
        queue.send(
                login("u1", "\"198.51.100.77\"", "device-a"),
                login("u2", "\"::ffff:198.51.100.77\"", "device-b"),
                login("u3", "\"198.51.100.78\"", "device-a"),
                "{\"foo\":\"oops_wrong_msg_type\",\"bar\":\"123\"}",
                "not JSON 198.51.100.79",
                "[]",
                "{\"user_id\":\"u4\",\"ip\":\"198.51.100.80\"}",
                login("u5", "{\"address\":\"198.51.100.81\"}", "device-c"));

        Deployment.Finished run = deployment.runUntilIdle();

        assertThat(run.exitCode()).as(run.err()).isZero();
        run.books().assertBalanced();
        assertThat(database.column("SELECT user_id FROM user_logins ORDER BY user_id"))
                .containsExactly("u1", "u2", "u3");
        assertThat(database.column("SELECT count(DISTINCT masked_ip) FROM user_logins"))
                .containsExactly("2");
        assertThat(database.column("SELECT count(DISTINCT masked_device_id) FROM user_logins"))
                .containsExactly("2");
        assertThat(database.count("etl_dead_letters")).isEqualTo(5);
        assertThat(queue.depth()).isZero();
        assertNothingInTheClear(
                database, run, List.of("198.51.100.", "device-a", "device-b", "device-c", "oops_wrong_msg_type"));
        String token = database.column("SELECT masked_ip FROM user_logins WHERE user_id = 'u2'")
                .get(0);
        assertThat(deployment.reveal(token, "ip").out()).isEqualTo("198.51.100.77\n");
    }

    @Test
    void finishesWhatIsInFlightOnSigtermAndTheRestInASecondRun(TestQueue queue, TestDatabase database)
            throws Exception {
        int messages = 3_000;
        Deployment deployment = Deployment.prepare(folder, queue, database);
        queue.send(IntStream.range(0, messages)
                .mapToObj(i -> login("user-" + i, "\"192.0.2." + i % 256 + "\"", "device-" + i % 100))
                .toList());

        Deployment.Finished first;
        try (EtlProcess running = deployment.start("--set", "batch.maxRecords=20", "--set", "lanes=1")) {
            await("some rows are written")
                    .atMost(1, TimeUnit.MINUTES)
                    .until(() -> !running.isAlive() || database.count("user_logins") > 0);
            running.terminate();
            first = new Deployment.Finished(running.exitCode(), running.out(), running.err());
        }
        long rowsOfTheFirst = database.count("user_logins");
        assertThat(first.exitCode()).as(first.err()).isEqualTo(143);
        first.books().assertBalanced();
        assertThat(first.books().count("rows")).isEqualTo(rowsOfTheFirst).isPositive();
        assertThat(queue.inFlight()).as("everything in flight is settled").isZero();

        Deployment.Finished second = deployment.runUntilIdle();

        assertThat(second.exitCode()).as(second.err()).isZero();
        second.books().assertBalanced();
        assertThat(rowsOfTheFirst + second.books().count("rows")).isEqualTo(messages);
        assertThat(database.column("SELECT count(DISTINCT user_id) FROM user_logins"))
                .containsExactly(String.valueOf(messages));
        assertThat(database.count("user_logins")).isEqualTo(messages);
        assertThat(queue.depth()).isZero();
    }

    /** Equal tokens for equal originals, however they are spelled, and only for those. */
    private static void assertTokensGroupAsTheOriginalsDo(TestDatabase database, List<String> messages) {
        List<ObjectValue> logins = logins(messages);
        assertThat(groupSizes(database, "masked_ip"))
                .isEqualTo(sizes(logins.stream().map(login -> address(text(login, "ip")))));
        assertThat(groupSizes(database, "masked_device_id"))
                .isEqualTo(sizes(
                        logins.stream().map(login -> text(login, "device_id").strip())));
        assertThat(database.column(
                        "SELECT masked_ip FROM user_logins UNION ALL SELECT masked_device_id FROM user_logins"))
                .hasSize(2 * logins.size())
                .allSatisfy(token -> assertThat(token).hasSize(86).matches(TOKEN));
    }

    private static List<Long> groupSizes(TestDatabase database, String column) {
        return database.column("SELECT count(*) FROM user_logins GROUP BY " + column + " ORDER BY 1").stream()
                .map(Long::valueOf)
                .toList();
    }

    private static List<Long> sizes(Stream<String> originals) {
        return originals
                .collect(Collectors.groupingBy(original -> original, TreeMap::new, Collectors.counting()))
                .values()
                .stream()
                .sorted()
                .toList();
    }

    /** Searches every table, the summary and the log. */
    private static void assertNothingInTheClear(
            TestDatabase database, Deployment.Finished run, List<String> originals) {
        List<String> written = new ArrayList<>(List.of(run.out(), run.err()));
        for (String table : database.column(
                "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'")) {
            written.addAll(database.column("SELECT row_to_json(t)::text FROM " + table + " t"));
        }
        String everything = String.join("\n", written);
        assertThat(everything).contains("mk1.");
        for (String original : originals) {
            assertThat(everything.contains(original))
                    .as("a personal value of %d characters is in the clear", original.length())
                    .isFalse();
        }
    }

    private static List<String> originals(List<String> messages) {
        return logins(messages).stream()
                .flatMap(login -> Stream.of(
                        text(login, "ip"),
                        address(text(login, "ip")),
                        text(login, "device_id").strip()))
                .distinct()
                .toList();
    }

    private static List<ObjectValue> logins(List<String> messages) {
        return messages.stream()
                .filter(message -> message.contains("\"device_id\"") && message.contains("\"ip\""))
                .map(message -> (ObjectValue) JsonReader.read(message))
                .toList();
    }

    private static String text(ObjectValue login, String field) {
        return FieldPath.ofName(field)
                .find(login)
                .map(value -> ((TextValue) value).value())
                .orElseThrow();
    }

    /** The JDK's own reading of an address: independent of the masking code, and good enough for valid ones. */
    private static String address(String spelled) {
        try {
            return InetAddress.getByName(spelled).getHostAddress();
        } catch (UnknownHostException invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }

    private static String login(String user, String ip, String device) {
        return "{\"user_id\":\"%s\",\"app_version\":\"2.3.0\",\"device_type\":\"android\",\"ip\":%s,\"locale\":null,\"device_id\":\"%s\"}"
                .formatted(user, ip, device);
    }
}
