package io.etlkit.stub.sqs;

import java.util.List;
import java.util.stream.IntStream;

/** Carries out the lines that {@link StubSqsMain} reads. Used by one thread. */
final class StubCommands {
    /** Out of how many users, devices and addresses the messages that are sent are drawn: a fixed pool, whatever is sent. */
    private static final int POOL = 100_000;

    private final StubSqsServer server;
    private final String queue;
    private final UserLoginMessages messages;
    private ChanceFaults faults;
    private int sent;

    StubCommands(StubSqsServer server, String queue, long seed) {
        this.server = server;
        this.queue = queue;
        this.messages = new UserLoginMessages(seed, POOL);
        this.faults = new ChanceFaults(seed, List.of());
    }

    /**
     * Carries out a line.
     *
     * @throws IllegalArgumentException when it is none that is known; nothing is done then
     */
    void carryOut(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        switch (words.get(0)) {
            case "", "books" -> {}
            case "send" -> send(Integer.parseInt(word(words, 1, "")));
            case "fault" -> fault(words);
            default ->
                throw new IllegalArgumentException(
                        "no command is named " + words.get(0) + "; there are books, send and fault");
        }
    }

    private void send(int count) {
        server.send(
                queue,
                IntStream.range(sent, sent + count)
                        .mapToObj(messages::textOfOwnUser)
                        .toList());
        sent += count;
    }

    private void fault(List<String> words) {
        String name = word(words, 1, "");
        if (name.equals("none")) {
            faults = new ChanceFaults(faults.seed(), List.of());
            server.faults(Faults.none());
            return;
        }
        double probability = Double.parseDouble(word(words, 3, "1"));
        faults = faults.and(new ChanceFaults.Rule(
                NamedFaults.actions(word(words, 2, "any")), NamedFaults.fault(name), probability));
        server.faults(faults);
    }

    private static String word(List<String> words, int position, String absent) {
        return position < words.size() ? words.get(position) : absent;
    }
}
