package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.config.Secret;
import io.etlkit.dev.EmbeddedPostgresServer;
import io.etlkit.drills.proxy.TcpProxy.Direction;
import io.etlkit.drills.proxy.Trap;
import io.etlkit.engine.PipelineBuilder;
import io.etlkit.engine.PipelineRun.State;
import io.etlkit.engine.RunReport;
import io.etlkit.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database server that crashes, stays away, or lets nobody in: a server of these drills' own. */
@Tag("drill")
@Timeout(120)
class DatabaseServerIT {
    private static final int MESSAGES = 60;

    private static EmbeddedPostgresServer server;

    private final Logins logins = Logins.good(MESSAGES);
    private TestDatabase database;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = EmbeddedPostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create(server);
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void aServerThatCrashedWithinAWriteAndRecoveredIsWrittenToAgain() throws Exception {
        try (Site site = Site.open(folder, database, Duration.ofSeconds(30));
                InJvmDrill drill = InJvmDrill.start(site, LoginPipeline.waitingForLocks(site));
                SessionInTheWay session = SessionInTheWay.lock(database)) {
            site.send(logins);
            session.awaitBlocked();
            server.crash();
            drill.awaitState(State.HOLDING);
            server.restart();

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
            assertThat(site.queue().redelivered()).isZero();
        }
    }

    @Test
    void aCrashAfterACommitWhoseAnswerWasHeldLosesNothing() throws Exception {
        try (Site site = Site.open(folder, database, Duration.ofSeconds(30));
                InJvmDrill drill = InJvmDrill.start(site, LoginPipeline.waitingForLocks(site))) {
            Trap inserting = site.toDatabase().holdWhen(Direction.TO_SERVER, logins.aUser(), Direction.TO_CLIENT);
            site.send(logins);
            inserting.await();
            await("the batch is committed").atMost(Site.PATIENCE).until(() -> site.rows() > 0);
            server.crash();
            site.toDatabase().cut();
            drill.awaitState(State.HOLDING);
            server.restart();

            RunReport report = drill.finish(logins);
            assertThat(report.duplicate()).isPositive();
            assertThat(report.written() + report.duplicate()).isEqualTo(MESSAGES);
        }
    }

    @Test
    void throughAnOutageOfTwoVisibilityTimeoutsEachMessageIsReceivedOnce() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Duration visibility = Duration.ofSeconds(4);
        try (Site site = Site.open(folder, database, visibility);
                LogOfEngine log = new LogOfEngine();
                InJvmDrill drill = InJvmDrill.start(site, LoginPipeline.on(site).meterRegistry(registry))) {
            server.stop();
            site.send(logins);
            drill.awaitState(State.HOLDING);
            // hidden anew at half of its time, each message, until two whole times are over
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(site.queue().extended()).isGreaterThan(4L * MESSAGES));
            assertThat(drill.run().state()).isEqualTo(State.HOLDING);
            assertThat(registry.get("etl.holding").gauge().value()).isEqualTo(1);
            server.restart();
            drill.awaitState(State.RUNNING);

            RunReport report = drill.finish(logins);
            assertThat(report.received()).isEqualTo(MESSAGES);
            assertThat(report.written()).isEqualTo(MESSAGES);
            assertThat(site.queue().received()).isEqualTo(MESSAGES);
            assertThat(site.queue().redelivered()).isZero();
            assertThat(log.lines("holding: ")).hasSize(1);
            assertThat(log.lines("resumed after ")).hasSize(1);
        }
    }

    @Test
    void aServerThatIsAwayAtTheStartIsWaitedForAndNothingIsReceivedMeanwhile() throws Exception {
        try (Site site = Site.open(folder, database, Duration.ofSeconds(30))) {
            server.stop();
            site.send(logins);
            try (InJvmDrill drill = InJvmDrill.startUnready(site, LoginPipeline.on(site))) {
                drill.awaitState(State.HOLDING);
                assertThat(site.queue().received()).isZero();
                server.restart();

                drill.finish(logins);
            }
        }
    }

    @Test
    void aServerThatBecomesReadOnlyIsWaitedFor() throws Exception {
        try (Site site = Site.open(folder, database, Duration.ofSeconds(30));
                InJvmDrill drill = InJvmDrill.start(site)) {
            setForNewSessions("default_transaction_read_only = on");
            terminateSessions();
            site.send(logins);
            drill.awaitState(State.HOLDING);
            assertThat(site.rows()).isZero();
            setForNewSessions("default_transaction_read_only = off");

            RunReport report = drill.finish(logins);
            assertThat(report.written()).isEqualTo(MESSAGES);
        }
    }

    @Test
    void aServerThatTakesNoMoreConnectionsIsWaitedFor() throws Exception {
        try (Site site = Site.open(folder, database, Duration.ofSeconds(30))) {
            createLoader("crowded");
            try (InJvmDrill drill = InJvmDrill.start(site, asLoader(site, "crowded"))) {
                onServer("ALTER ROLE crowded CONNECTION LIMIT 0");
                terminateSessions();
                site.send(logins);
                drill.awaitState(State.HOLDING);
                assertThat(site.rows()).isZero();
                onServer("ALTER ROLE crowded CONNECTION LIMIT -1");

                RunReport report = drill.finish(logins);
                assertThat(report.written()).isEqualTo(MESSAGES);
            }
        }
    }

    @Test
    void aPasswordThatWasChangedIsWaitedForUntilItIsBack() throws Exception {
        try (Site site = Site.open(folder, database, Duration.ofSeconds(30))) {
            createLoader("renewed");
            try (LogOfEngine log = new LogOfEngine();
                    InJvmDrill drill = InJvmDrill.start(site, asLoader(site, "renewed"))) {
                onServer("ALTER ROLE renewed PASSWORD 'another'");
                terminateSessions();
                site.send(logins);
                drill.awaitState(State.HOLDING);
                await("it is told")
                        .atMost(Site.PATIENCE)
                        .until(() -> !log.lines("holding: ").isEmpty());
                assertThat(log.lines("holding: ").get(0)).contains("28P01");
                assertThat(site.rows()).isZero();
                onServer("ALTER ROLE renewed PASSWORD 'first'");

                RunReport report = drill.finish(logins);
                assertThat(report.written()).isEqualTo(MESSAGES);
                assertThat(site.queue().redelivered()).isZero();
            }
        }
    }

    @Test
    void aDrainThatRunsOutOfTimeEndsInTimeAndLosesNothing() throws Exception {
        Duration drainTimeout = Duration.ofSeconds(2);
        try (Site site = Site.open(folder, database, Duration.ofSeconds(5))) {
            try (InJvmDrill drill =
                    InJvmDrill.start(site, LoginPipeline.waitingForLocks(site).drainTimeout(drainTimeout))) {
                Trap inserting = site.toDatabase().holdWhen(Direction.TO_SERVER, logins.aUser(), Direction.TO_SERVER);
                site.send(logins);
                inserting.await();
                long asked = System.nanoTime();
                drill.run().stop();
                RunReport report = drill.run().await();

                assertThat(Duration.ofNanos(System.nanoTime() - asked))
                        .isBetween(drainTimeout, drainTimeout.plusSeconds(15));
                assertThat(report.failure())
                        .hasValueSatisfying(
                                failure -> assertThat(failure).startsWith("the drain was not over after 2000 ms"));
                assertThat(report.received()).isEqualTo(report.written() + report.released());
                assertThat(report.released()).isPositive();
            }
            site.toDatabase().cut();
            site.toDatabase().restore();
            try (InJvmDrill second = InJvmDrill.start(site)) {
                second.finish(logins);
            }
        }
    }

    /** A role that may do what the sink does in this database, and no more. */
    private void createLoader(String role) {
        database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'first'; GRANT CREATE ON SCHEMA public TO " + role
                + "; ALTER TABLE user_logins OWNER TO " + role);
    }

    private static PipelineBuilder asLoader(Site site, String role) {
        return LoginPipeline.on(site, table -> table.user(role).password(Secret.of("first")));
    }

    private void setForNewSessions(String setting) {
        onServer("ALTER DATABASE " + database.name() + " SET " + setting);
    }

    /** Not in the drill's database, which may take no statement now. */
    private static void onServer(String sql) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void terminateSessions() {
        database.column("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'etlkit/%'"
                + " AND datname = current_database()");
    }
}
