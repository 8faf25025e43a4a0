package io.etlkit.benchmark;

import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code etl run} of the distribution, with the pipeline of the user-logins example, against the stub and a fresh Postgres.
 *
 * @param root the source tree, in which the distribution is built
 * @param messages how many messages
 * @param javaOptions further options of its JVM
 */
record PipelineContestant(Path root, int messages, List<String> javaOptions) implements Contestant {
    @Override
    public String name() {
        return "whole pipeline";
    }

    @Override
    public Measurement measure() {
        Path keyset = newKeyset();
        try (StubProcess stub = StubProcess.start("login-queue", messages);
                Database database = Database.start()) {
            database.execute(Files.readString(example().resolve("schema.sql")));
            long postgresBefore = database.cpuMicros();
            ChildProcess process = ChildProcess.run(
                    List.of(
                            etl(),
                            "run",
                            "--until-idle=2s",
                            example().resolve("pipeline.yaml").toString()),
                    environment(stub, database, keyset),
                    root);
            long postgresCpu = database.cpuMicros() - postgresBefore;
            StubProcess.Books books = stub.books();
            checkBooks(books, database, process.lastLine());
            return Measurement.of(messages, process, books, postgresCpu);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            delete(keyset);
        }
    }

    private Map<String, String> environment(StubProcess stub, Database database, Path keyset) {
        return Map.of(
                "ETL_QUEUE", stub.queueUrl(),
                "AWS_REGION", "us-east-1",
                "AWS_ENDPOINT_URL", stub.endpoint(),
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "ETL_KEYSET", keyset.toString(),
                "ETL_DATABASE_URL", database.url(),
                "ETL_DATABASE_USER", database.user(),
                "ETL_JAVA_OPTS", String.join(" ", javaOptions));
    }

    private void checkBooks(StubProcess.Books books, Database database, String summary) {
        Contestant.check(books.deleted() == messages && books.left() == 0, books + ", " + summary);
        Contestant.check(books.irregular() == 0, books + ", " + summary);
        Contestant.check(database.count("user_logins") == messages, "rows; " + summary);
        Contestant.check(database.count("etl_ledger") == messages, "ledger; " + summary);
        Contestant.check(
                database.query("SELECT count(*) FROM user_logins WHERE masked_ip IS NULL OR masked_device_id IS NULL"
                                + " OR create_date IS NULL")
                        .equals("0"),
                "columns without a value; " + summary);
    }

    private static Path newKeyset() {
        try (NewKeyset keyset = Keyset.create("benchmark")) {
            Path file = Files.createTempDirectory("etl-benchmark").toRealPath().resolve("pii.json");
            keyset.writePlaintext(file);
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path keyset) {
        try {
            Files.delete(keyset);
            Files.delete(keyset.toAbsolutePath().getParent());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path example() {
        return root.resolve("examples/user-logins");
    }

    private String etl() {
        return root.resolve("etl-distribution/target/etl/bin/etl").toString();
    }
}
