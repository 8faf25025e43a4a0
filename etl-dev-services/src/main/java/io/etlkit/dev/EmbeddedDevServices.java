package io.etlkit.dev;

import io.etlkit.api.dev.DevServices;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** An embedded SQS and an embedded Postgres, started side by side. */
final class EmbeddedDevServices implements DevServices {
    private static final String DATABASE = "postgres";

    private final EmbeddedSqs sqs;
    private final EmbeddedPostgresServer postgres;

    private EmbeddedDevServices(EmbeddedSqs sqs, EmbeddedPostgresServer postgres) {
        this.sqs = sqs;
        this.postgres = postgres;
    }

    static EmbeddedDevServices start() {
        CompletableFuture<EmbeddedPostgresServer> starting = new CompletableFuture<>();
        Thread starter = new Thread(() -> complete(starting), "etl-dev-postgres-starter");
        starter.setDaemon(true);
        starter.setContextClassLoader(EmbeddedDevServices.class.getClassLoader());
        starter.start();
        EmbeddedSqs sqs;
        try {
            sqs = EmbeddedSqs.start();
        } catch (RuntimeException | Error failed) {
            starting.join().close();
            throw failed;
        }
        try {
            return new EmbeddedDevServices(sqs, starting.join());
        } catch (CompletionException failed) {
            sqs.close();
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private static void complete(CompletableFuture<EmbeddedPostgresServer> starting) {
        try {
            starting.complete(EmbeddedPostgresServer.start());
        } catch (RuntimeException | Error failed) {
            starting.completeExceptionally(failed);
        }
    }

    @Override
    public Map<String, Map<String, Object>> options() {
        return Map.of(
                "sqs",
                Map.of(
                        "endpoint", sqs.endpoint().toString(),
                        "region", sqs.region(),
                        "accessKeyId", sqs.accessKeyId(),
                        "secretAccessKey", sqs.secretAccessKey()),
                "postgres",
                Map.of("url", postgres.jdbcUrl(), "user", postgres.user(), "password", postgres.password()));
    }

    @Override
    public void createQueue(String name) {
        sqs.createQueue(name);
    }

    @Override
    public void send(String queue, List<String> bodies) {
        sqs.send(queue, bodies);
    }

    @Override
    public long depth(String queue) {
        return sqs.depth(queue);
    }

    @Override
    public void execute(String sql) {
        try (Connection connection = postgres.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw refused(failed);
        }
    }

    @Override
    public List<List<String>> query(String sql) {
        try (Connection connection = postgres.connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return texts(rows);
        } catch (SQLException failed) {
            throw refused(failed);
        }
    }

    private static List<List<String>> texts(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<List<String>> table = new ArrayList<>();
        List<String> names = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
            names.add(rows.getMetaData().getColumnLabel(column));
        }
        table.add(names);
        while (rows.next()) {
            List<String> row = new ArrayList<>(columns);
            for (int column = 1; column <= columns; column++) {
                row.add(Optional.ofNullable(rows.getString(column)).orElse(""));
            }
            table.add(row);
        }
        return table;
    }

    /** The driver's own message is left out: it quotes values. */
    private static IllegalStateException refused(SQLException failed) {
        return new IllegalStateException("the embedded Postgres refused a statement, SQLSTATE " + failed.getSQLState());
    }

    @Override
    public void close() {
        try {
            sqs.close();
        } finally {
            postgres.close();
        }
    }
}
