package io.etlkit.drills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The faults of a chaos run and their times, all decided by a seed: on one track, faults that start and end one after another;
 * on the other, processes that are killed, or asked to stop, and started again.
 */
final class ChaosSchedule {
    private static final int SHORTEST_TROUBLE_MILLIS = 500;
    private static final int LONGEST_TROUBLE_MILLIS = 6_000;
    private static final int LONGEST_REST_MILLIS = 2_500;
    private static final int LONGEST_LIFE_MILLIS = 9_000;

    /** One in this many processes is asked to stop, the others are killed. */
    private static final int ASKED_ONE_IN = 4;

    /** Something to do at a time. */
    sealed interface Event {
        /** When, from the start of the run. */
        Duration at();
    }

    /** A fault starts. */
    record Begin(Duration at, ChaosTrouble trouble) implements Event {}

    /** A fault ends. */
    record End(Duration at, ChaosTrouble trouble) implements Event {}

    /** A process is killed (SIGKILL), or asked to stop (SIGTERM), and another one started in its place. */
    record Replace(Duration at, int process, boolean asked) implements Event {}

    private ChaosSchedule() {}

    /** The events of a run, in their order. */
    static List<Event> of(long seed, Duration length, int processes) {
        List<Event> events = new ArrayList<>();
        troubles(new SplittableRandom(seed), length, events);
        replacements(new SplittableRandom(~seed), length, processes, events);
        events.sort(Comparator.comparing(Event::at));
        return List.copyOf(events);
    }

    /** Drawn without replacement, so that a run of some minutes has each of them. */
    private static void troubles(SplittableRandom random, Duration length, List<Event> events) {
        List<ChaosTrouble> left = new ArrayList<>();
        long now = random.nextInt(LONGEST_REST_MILLIS);
        while (true) {
            if (left.isEmpty()) {
                left.addAll(List.of(ChaosTrouble.values()));
            }
            ChaosTrouble trouble = left.remove(random.nextInt(left.size()));
            long end = now + random.nextInt(SHORTEST_TROUBLE_MILLIS, LONGEST_TROUBLE_MILLIS);
            if (end > length.toMillis()) {
                return;
            }
            events.add(new Begin(Duration.ofMillis(now), trouble));
            events.add(new End(Duration.ofMillis(end), trouble));
            now = end + random.nextInt(LONGEST_REST_MILLIS);
        }
    }

    private static void replacements(SplittableRandom random, Duration length, int processes, List<Event> events) {
        long now = random.nextInt(LONGEST_LIFE_MILLIS);
        while (now < length.toMillis()) {
            events.add(
                    new Replace(Duration.ofMillis(now), random.nextInt(processes), random.nextInt(ASKED_ONE_IN) == 0));
            now += random.nextInt(LONGEST_LIFE_MILLIS);
        }
    }
}
