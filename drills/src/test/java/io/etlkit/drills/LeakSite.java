package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.testkit.EtlProcess;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestQueue;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A real queue with messages full of canaries, and a table that refuses rows in each way that quotes them. */
final class LeakSite {
    /** How the users begin of whom there is a row already. */
    static final String TAKEN = "taken";

    private static final Pattern KEY = Pattern.compile("\"key\":\\s*\"([\\w-]{43})\"");

    private static final String TABLE = """
            CREATE TABLE referrers (name varchar(64) PRIMARY KEY);
            CREATE TABLE user_logins (user_id varchar(128), device_type varchar(32), masked_ip varchar(256),
                masked_device_id varchar(256), locale varchar(32), app_version varchar(32), create_date date, origin inet,
                referrer varchar(64) REFERENCES referrers,
                CONSTRAINT unchecked CHECK (user_id NOT LIKE 'check-%'));
            CREATE UNIQUE INDEX only_once ON user_logins (user_id) WHERE user_id LIKE 'taken-%';
            CREATE FUNCTION blurt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE WARNING 'a row comes: %', NEW;
                RAISE EXCEPTION 'not this one: %', NEW USING DETAIL = NEW.user_id, HINT = NEW.user_id;
            END $$;
            CREATE TRIGGER blurting BEFORE INSERT ON user_logins
                FOR EACH ROW WHEN (NEW.user_id LIKE 'raise-%') EXECUTE FUNCTION blurt();
            """;

    private static final String PIPELINE = """
            name: leak-drill
            pii: [ip, device_id]
            decode: { envelope: none }
            source:
              sqs: { queue: "${env:QUEUE}", region: us-east-1, endpoint: "${env:ENDPOINT}", waitTime: 1s }
            transforms:
              - blurt: {}
                when: has(body.blurt)
              - tattle: {}
                when: has(body.tattle)
              - compute: { born: int(body.born) }
                when: has(body.born)
              - cast: { fields: { age: integer } }
              - require: { fields: [user_id, device_id, ip] }
              - mask:
                  keyset: pii.json
                  fields:
                    - { path: ip, to: masked_ip, method: aes-gcm, type: ip }
                    - { path: device_id, to: masked_device_id, method: aes-gcm }
              - select:
                  fields: [user_id, device_type, masked_ip, masked_device_id, locale, app_version, origin, referrer]
            sink:
              postgres: { url: "${env:DB}", user: "${env:DB_USER}", password: "${env:DB_PASSWORD}", table: user_logins }
            onReject: deadLetter
            deadLetter:
              original: seal
              postgres: { url: "${env:DB}", user: "${env:DB_USER}", password: "${env:DB_PASSWORD}" }
            """;

    private final Path folder;
    private final TestDatabase database;
    private final TestQueue queue;
    private final List<Canary> canaries = new ArrayList<>();
    private final Canary secretAccessKey = Canary.word("the queue's secret access key");

    LeakSite(Path folder, TestDatabase database, TestQueue queue) throws IOException {
        this.folder = folder;
        this.database = database;
        this.queue = queue;
        database.execute(TABLE);
        try (NewKeyset keyset = Keyset.create("leaks")) {
            keyset.writePlaintext(keyset());
        }
        canaries.add(secretAccessKey);
        canaries.add(Canary.secret("the database's password", database.password()));
        List<String> keys = keysIn(Files.readString(keyset()));
        assertThat(keys).as("keys for an index, to encrypt and to seal").hasSizeGreaterThanOrEqualTo(3);
        keys.forEach(key -> canaries.add(Canary.key("a key of the keyset", key)));
        Files.writeString(pipeline(), PIPELINE);
    }

    private static List<String> keysIn(String keyset) {
        return KEY.matcher(keyset).results().map(found -> found.group(1)).toList();
    }

    Path keyset() {
        return folder.resolve("pii.json");
    }

    Path pipeline() {
        return folder.resolve("pipeline.yaml");
    }

    TestDatabase database() {
        return database;
    }

    TestQueue queue() {
        return queue;
    }

    /** Sends them, and puts rows into the table that are in the way of some. */
    void send(Collection<Bait> baits) {
        for (Bait bait : baits) {
            lookFor(bait);
            if (bait.name().equals(TAKEN)) {
                takeUsers(bait);
            }
            if (queue.name().endsWith(".fifo")) {
                queue.sendToGroup(bait.group(), List.of(bait.body()));
            } else {
                queue.sendWithAttributes(bait.body(), bait.attributes());
            }
        }
    }

    /** Has the search look for a bait that is sent elsewhere. */
    void lookFor(Bait bait) {
        canaries.addAll(bait.canaries());
    }

    private void takeUsers(Bait bait) {
        for (Canary canary : bait.canaries()) {
            database.query(
                    "INSERT INTO user_logins (user_id) VALUES (?) RETURNING user_id", TAKEN + "-" + canary.text());
        }
    }

    /** For all that was sent. */
    CanarySearch search() {
        return new CanarySearch(canaries);
    }

    /** For what was sent in fields that are to be masked. */
    CanarySearch personal() {
        return new CanarySearch(canaries.stream().filter(Canary::personal).toList());
    }

    /** For what was sent elsewhere. */
    CanarySearch other() {
        return new CanarySearch(
                canaries.stream().filter(canary -> !canary.personal()).toList());
    }

    /** The server takes any; this one is looked for like what is sent. */
    String secretAccessKey() {
        return secretAccessKey.text();
    }

    /** Starts {@code etl} with all that it would log, as text or as JSON. */
    EtlProcess etl(String logFormat, Map<String, String> more, List<String> arguments) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("ETL_LOG_LEVEL", "trace");
        environment.put("ETL_LOG_FORMAT", logFormat);
        environment.put("AWS_ACCESS_KEY_ID", queue.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", secretAccessKey());
        environment.put("QUEUE", queue.name());
        environment.put("ENDPOINT", queue.endpoint().toString());
        environment.put("DB", database.jdbcUrl());
        environment.put("DB_USER", database.user());
        environment.put("DB_PASSWORD", database.password());
        return EtlProcess.start(folder, environment, "", arguments);
    }

    /** Fails unless each message has become what it was to become: a bait that is not taken proves nothing. */
    void assertBecame(Collection<Bait> baits, List<String> reasonsOfLetters) {
        assertThat(reasonsOfLetters)
                .containsExactlyInAnyOrderElementsOf(baits.stream()
                        .filter(bait -> !bait.isRow())
                        .map(Bait::becomes)
                        .toList());
        assertThat(database.count("user_logins WHERE masked_ip IS NOT NULL"))
                .isEqualTo(baits.stream().filter(Bait::isRow).count());
    }

    /** Every row of every table, but those that {@link #send} put there. */
    String tables() {
        database.execute("DELETE FROM user_logins WHERE user_id LIKE 'taken-%' AND masked_ip IS NULL");
        List<String> rows = new ArrayList<>();
        for (String table : database.column(
                "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'")) {
            rows.addAll(database.column("SELECT row_to_json(t)::text FROM " + table + " t"));
        }
        return String.join("\n", rows);
    }
}
