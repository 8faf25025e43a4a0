package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.drills.ChaosSchedule.Begin;
import io.etlkit.drills.ChaosSchedule.End;
import io.etlkit.drills.ChaosSchedule.Event;
import io.etlkit.drills.ChaosSchedule.Replace;
import io.etlkit.json.JsonReader;
import io.etlkit.stub.sqs.QueueBooks;
import io.etlkit.testkit.EtlProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Several {@code etl run} processes on one queue and one table, while a {@link ChaosSchedule} kills, cuts and restarts things.
 * Then all faults end, the processes empty the queue, and the books are checked. Used once, by one thread.
 */
final class ChaosRun implements AutoCloseable {
    /** The queue delivers what a killed process held again after this long. */
    private static final Duration VISIBILITY = Duration.ofSeconds(8);

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SENDS_A_SECOND = 5;
    private static final int BAD_ONE_IN = 50;

    private final ChaosOptions options;
    private final Consumer<String> log;
    private final ChaosSite site;
    private final Logins logins;
    private final EtlProcess[] processes;
    private final List<EtlProcess> ended = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private long start = System.nanoTime();
    private int sent;
    private int killed;
    private int asked;

    /**
     * Starts the servers.
     *
     * @param folder takes what the processes print
     * @param log takes a line for each thing that happens
     */
    ChaosRun(ChaosOptions options, Path folder, Consumer<String> log) {
        this.options = options;
        this.log = log;
        this.site = new ChaosSite(folder, VISIBILITY, options.seed());
        int bad = options.messages() / BAD_ONE_IN;
        this.logins = Logins.withBad(options.messages() - bad, bad).shuffled(options.seed());
        this.processes = new EtlProcess[options.processes()];
    }

    /**
     * Runs to the end.
     *
     * @throws AssertionError when a message is lost or written twice, a value is in the clear, or the queue is not empty
     *     some time after the last fault
     * @throws IllegalStateException when a process ended by itself
     */
    ChaosReport run() throws InterruptedException {
        for (int i = 0; i < processes.length; i++) {
            processes[i] = site.startProcess();
        }
        send(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(site.site().queue().deleted())
                        .as("messages that a first process has written")
                        .isEqualTo(1));
        start = System.nanoTime();
        List<Future<?>> planned = new ArrayList<>();
        List<Event> events = ChaosSchedule.of(options.seed(), options.length(), processes.length);
        events.forEach(event ->
                planned.add(clock.schedule(() -> happen(event), event.at().toMillis(), TimeUnit.MILLISECONDS)));
        long portions = Math.max(1, options.length().toSeconds() * SENDS_A_SECOND);
        for (long portion = 1; portion <= portions; portion++) {
            int until = (int) (options.messages() * portion / portions);
            planned.add(clock.schedule(() -> send(until), portion * 1_000 / SENDS_A_SECOND, TimeUnit.MILLISECONDS));
        }
        for (Future<?> each : planned) {
            finish(each);
        }
        return settle();
    }

    private static void finish(Future<?> planned) throws InterruptedException {
        try {
            planned.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the chaos run ended early: " + failed.getCause(), failed.getCause());
        }
    }

    private void send(int until) {
        site.site().send(logins.messages().subList(sent, until));
        sent = until;
    }

    private Event happen(Event event) throws InterruptedException {
        requireAllAlive();
        if (event instanceof Begin begin) {
            tell(begin.trouble() + " begins");
            begin.trouble().begin(site);
        } else if (event instanceof End end) {
            end.trouble().end(site);
            tell(end.trouble() + " ends");
        } else if (event instanceof Replace replace) {
            replace(replace.process(), replace.asked());
        }
        return event;
    }

    private void replace(int number, boolean ask) throws InterruptedException {
        EtlProcess process = processes[number];
        tell("process " + number + (ask ? " is asked to stop" : " is killed"));
        if (ask) {
            process.terminate();
            asked++;
        } else {
            process.kill();
            killed++;
        }
        ended.add(process);
        processes[number] = site.startProcess();
    }

    /** No fault may end a process: it must retry with backoff until the fault is over. */
    private void requireAllAlive() {
        for (int i = 0; i < processes.length; i++) {
            if (!processes[i].isAlive()) {
                throw new IllegalStateException("process " + i + " ended by itself:\n" + processes[i].err());
            }
        }
    }

    private ChaosReport settle() throws InterruptedException {
        tell("all faults are over; " + site.site().queue().visible() + " messages wait, "
                + site.site().queue().inFlight() + " are in flight");
        await().atMost(PATIENCE).untilAsserted(() -> {
            requireAllAlive();
            QueueBooks queue = site.site().queue();
            assertThat(queue.visible() + queue.inFlight())
                    .as("messages left in the queue")
                    .isZero();
        });
        for (EtlProcess process : processes) {
            process.terminate();
            ended.add(process);
        }
        List<String> printed = new ArrayList<>();
        for (EtlProcess process : ended) {
            requireBalanced(process);
            printed.add(process.out());
            printed.add(process.err());
        }
        Books.assertBalanced(site.site(), logins, printed.toArray(String[]::new));
        return new ChaosReport(
                options, site.site().queue(), site.site().rows(), site.site().deadLetters(), killed, asked);
    }

    /** A process that printed its summary must have counted each delivery once. */
    private static void requireBalanced(EtlProcess process) throws InterruptedException {
        process.exitCode();
        if (process.out().isBlank()) {
            return;
        }
        ObjectValue summary = (ObjectValue) JsonReader.read(process.out().strip());
        long settled = List.of("written", "filtered", "duplicate", "deadLettered", "dropped", "released").stream()
                .mapToLong(name -> count(summary, name))
                .sum();
        if (settled != count(summary, "received")) {
            throw new AssertionError("the summary of a process does not add up: " + process.out());
        }
    }

    private static long count(ObjectValue summary, String name) {
        return summary.get(name).filter(NumberValue.class::isInstance).map(NumberValue.class::cast).stream()
                .mapToLong(number -> number.value().longValueExact())
                .findFirst()
                .orElseThrow(() -> new AssertionError("a summary without " + name));
    }

    private void tell(String what) {
        log.accept(String.format(Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - start) / 1e9, what));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        for (EtlProcess process : processes) {
            if (process != null) {
                process.close();
            }
        }
        ended.forEach(EtlProcess::close);
        site.close();
    }
}
