package io.etlkit.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an embedded Postgres leaves when nobody closes it. */
@Timeout(180)
class EndOfTheJvmIT {
    @Test
    void leavesNothingWhenTheJvmIsToldToEnd() throws IOException, InterruptedException {
        Holder holder = Holder.start();
        assertThat(holder.postgres.isAlive()).isTrue();

        holder.jvm.destroy();
        assertThat(holder.jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(holder.postgres.isAlive()).isFalse();
        assertThat(holder.data.getParent()).doesNotExist();
    }

    @Test
    void isCleanedUpAfterByTheNextStartWhenTheJvmIsKilled() throws IOException, InterruptedException {
        Holder holder = Holder.start();
        holder.jvm.destroyForcibly();
        assertThat(holder.jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(holder.data).exists();

        EmbeddedPostgresServer.start().close();

        assertThat(holder.data.getParent()).doesNotExist();
        holder.postgres.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Regression: checking the locks of this process's own servers released them, and other processes took them. */
    @Test
    void isLeftAloneByAnotherJvmWhileAnotherServerOfItsOwnStarts()
            throws IOException, InterruptedException, SQLException {
        try (EmbeddedPostgresServer first = EmbeddedPostgresServer.start();
                EmbeddedPostgresServer second = EmbeddedPostgresServer.start()) {
            Holder holder = Holder.start();
            holder.jvm.destroy();
            assertThat(holder.jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();

            for (EmbeddedPostgresServer each : List.of(first, second)) {
                try (Connection connection = each.connect("postgres")) {
                    assertThat(connection.isValid(5)).isTrue();
                }
            }
        }
    }

    /** A JVM that starts a Postgres and never closes it. */
    private record Holder(Process jvm, ProcessHandle postgres, Path data) {
        static Holder start() throws IOException {
            Process jvm = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
                ProcessHandle postgres =
                        ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
                return new Holder(jvm, postgres, Path.of(out.readLine()));
            }
        }
    }

    /** Prints the server's process id and data directory, then waits for its end. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws SQLException, InterruptedException {
            EmbeddedPostgresServer server = EmbeddedPostgresServer.start();
            try (Connection connection = server.connect("postgres");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1), current_setting('data_directory')")) {
                row.next();
                System.out.println(row.getString(1));
                System.out.println(row.getString(2));
            }
            Thread.currentThread().join();
        }
    }
}
