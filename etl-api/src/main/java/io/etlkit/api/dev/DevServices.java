package io.etlkit.api.dev;

import java.util.List;
import java.util.Map;

/**
 * Embedded stand-ins for the services that pipelines talk to: a queue server and a database, on loopback and on free ports.
 * Safe for any thread.
 */
public interface DevServices extends AutoCloseable {
    /**
     * What leads a plugin to its stand-in: for each plugin's name, the options to put in place of the pipeline's own
     * ({@code "sqs" -> {endpoint: ..., region: ...}}).
     */
    Map<String, Map<String, Object>> options();

    /** Makes a queue; does nothing when it is there. A name that ends in {@code .fifo} makes a FIFO queue. */
    void createQueue(String name);

    /** Sends messages to a queue, in order. */
    void send(String queue, List<String> bodies);

    /** How many messages are in a queue: waiting, in flight or delayed. */
    long depth(String queue);

    /** Runs SQL statements, separated by semicolons, in the database. */
    void execute(String sql);

    /** Runs a query; each row as text, {@code null} shown as the empty string, the column names first. */
    List<List<String>> query(String sql);

    /** Stops the services and removes every file and process of theirs. */
    @Override
    void close();
}
