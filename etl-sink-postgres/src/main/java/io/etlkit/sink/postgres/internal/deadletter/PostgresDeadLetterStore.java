package io.etlkit.sink.postgres.internal.deadletter;

import io.etlkit.api.DeadLetterStore;
import io.etlkit.api.StoredDeadLetter;
import io.etlkit.sink.postgres.internal.connection.Connector;
import io.etlkit.sink.postgres.internal.connection.ReconnectingConnection;
import io.etlkit.sink.postgres.internal.schema.Catalog;
import io.etlkit.sink.postgres.internal.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and removes the dead letters of a Postgres table; see {@code docs/postgres.md}. A missing table counts as empty. */
public final class PostgresDeadLetterStore implements DeadLetterStore {
    private final ReconnectingConnection<Optional<DeadLetterReader>> connection;

    private PostgresDeadLetterStore(ReconnectingConnection<Optional<DeadLetterReader>> connection) {
        this.connection = connection;
    }

    /** Connects. */
    public static PostgresDeadLetterStore start(Connector connector, TableName table, String pipeline) {
        ReconnectingConnection<Optional<DeadLetterReader>> connection = new ReconnectingConnection<>(
                connector,
                (handle, phase) -> new Catalog(handle)
                        .table(table)
                        .map(found -> new DeadLetterReader(handle, found.name(), pipeline)));
        connection.start();
        return new PostgresDeadLetterStore(connection);
    }

    @Override
    public Page list(Optional<String> after, int max) throws InterruptedException {
        return connection.call((handle, reader) ->
                reader.map(each -> each.list(after, max)).orElseGet(() -> new Page(List.of(), Optional.empty())));
    }

    @Override
    public List<StoredDeadLetter> find(Set<String> messageIds) throws InterruptedException {
        return connection.call((handle, reader) -> reader.filter(each -> !messageIds.isEmpty())
                .map(each -> each.find(messageIds))
                .orElseGet(List::of));
    }

    @Override
    public int remove(List<StoredDeadLetter> letters) throws InterruptedException {
        return connection.call((handle, reader) -> reader.filter(each -> !letters.isEmpty())
                .map(each -> each.remove(letters))
                .orElse(0));
    }

    @Override
    public void close() {
        connection.close();
    }
}
