package io.etlkit.sink.postgres.internal.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.Sink;
import io.etlkit.api.WriteResult;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.sink.postgres.PostgresFixtures;
import io.etlkit.sink.postgres.PostgresSinkFactory;
import io.etlkit.testkit.PostgresExtension;
import io.etlkit.testkit.TestContext;
import io.etlkit.testkit.TestDatabase;
import io.etlkit.testkit.TestRecords;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class TypesTest {
    @Test
    void storesEveryKindOfColumnExactly(TestDatabase database) throws InterruptedException {
        database.execute("""
                CREATE TYPE mood AS ENUM ('good', 'bad');
                CREATE DOMAIN short_text AS varchar(4);
                CREATE DOMAIN shorter AS short_text;
                CREATE TABLE target (
                    v varchar(4), c char(4), t text, i2 smallint, i4 integer, i8 bigint, n numeric, n2 numeric(8,2),
                    f4 real, f8 double precision, b boolean, d date, dt date, ts timestamp, tstz timestamptz,
                    tstz_text timestamptz, by bytea, j json, jb jsonb, jb_text jsonb, u uuid, ip inet, m mood,
                    iv interval, arr int[], dom short_text, dom2 shorter, "odd ""Name" text, tm time)
                """);
        EtlRecord record = TestRecords.json("one", """
                {"v":"äöü😀","c":"ab","t":"","i2":-32768,"i4":2147483647,"i8":9223372036854775807,
                 "n":12345678901234567890.12345678901234567890,"n2":1.239,"f4":1.5,"f8":0.1,"b":false,
                 "d":"2026-02-28","ts":"2026-01-02T03:04:05.678901","tstz_text":"2026-01-02T03:04:05+02:00",
                 "j":{"a":[1.10,null]},"jb":{"b":{"c":1e2}},"jb_text":"x","u":"6f2a1f0e-9a62-4f7e-8a52-000000000001",
                 "ip":"10.0.0.1/8","m":"bad","iv":"1 day","arr":"{1,2}","dom":"abcd","dom2":"abcd","odd \\"Name":"x",
                 "tm":"04:05"}
                """);
        ObjectValue body = ((ObjectValue) record.body())
                .with("dt", Value.of(Instant.parse("2026-03-01T23:00:00Z")))
                .with("tstz", Value.of(Instant.parse("2026-01-02T03:04:05.678901234Z")))
                .with("by", Value.of(new byte[] {0, 1, -1}));

        WriteResult result = write(database, record.withBody(body));

        assertThat(result.rejected()).isEmpty();
        assertThat(database.column("SELECT to_jsonb(target) - 'j' - 'by' FROM target"))
                .containsExactly(database.column("""
                                SELECT jsonb_build_object('v', 'äöü😀', 'c', 'ab  ', 't', '', 'i2', -32768, 'i4', 2147483647,
                                  'i8', 9223372036854775807, 'n', 12345678901234567890.12345678901234567890, 'n2', 1.24,
                                  'f4', 1.5, 'f8', 0.1, 'b', false, 'd', '2026-02-28', 'dt', '2026-03-01',
                                  'ts', '2026-01-02T03:04:05.678901', 'tstz', timestamptz '2026-01-02T03:04:05.678901Z',
                                  'tstz_text', timestamptz '2026-01-02T01:04:05Z', 'jb', '{"b":{"c":100}}'::jsonb,
                                  'jb_text', 'x', 'u', '6f2a1f0e-9a62-4f7e-8a52-000000000001', 'ip', '10.0.0.1/8',
                                  'm', 'bad', 'iv', '1 day', 'arr', '[1,2]'::jsonb, 'dom', 'abcd', 'dom2', 'abcd',
                                  'odd "Name', 'x', 'tm', '04:05:00')
                                """).get(0));
        assertThat(database.column("SELECT j::text || ' ' || encode(by, 'hex') FROM target"))
                .containsExactly("{\"a\":[1.10,null]} 0001ff");
    }

    @Test
    void storesNullForAbsentFieldsOfEveryKind(TestDatabase database) throws InterruptedException {
        database.execute(
                "CREATE TABLE target (t text, i integer, l bigint, d date, n numeric, b boolean, j jsonb, f float8, y bytea,"
                        + " r real, u uuid, z timestamptz)");

        write(database, TestRecords.json("one", "{}"));

        assertThat(database.column("SELECT num_nulls(t, i, l, d, n, b, j, f, y, r, u, z) FROM target"))
                .containsExactly("12");
    }

    @Test
    void doesNotCutTheTextOfADomain(TestDatabase database) throws InterruptedException {
        database.execute("CREATE DOMAIN short_text AS varchar(4); CREATE TABLE target (t short_text)");

        WriteResult result = write(database, TestRecords.json("one", "{\"t\":\"abcde\"}"));

        assertThat(result.rejected().values()).extracting("reason").containsExactly("too_long");
    }

    @Test
    void doesNotWriteColumnsWithDefaultsOrGeneratedColumns(TestDatabase database) throws InterruptedException {
        database.execute(
                "CREATE TABLE target (id bigint GENERATED ALWAYS AS IDENTITY, t text, at timestamptz DEFAULT now() NOT NULL,"
                        + " twice text GENERATED ALWAYS AS (t || t) STORED)");

        write(database, TestRecords.json("one", "{\"t\":\"a\"}"));

        assertThat(database.column("SELECT id || twice || (at IS NOT NULL) FROM target"))
                .containsExactly("1aatrue");
    }

    private static WriteResult write(TestDatabase database, EtlRecord record) throws InterruptedException {
        try (Sink sink =
                new PostgresSinkFactory().create(PostgresFixtures.config(database, "target"), TestContext.defaults())) {
            return sink.write(List.of(record));
        }
    }
}
