package io.etlkit.stub.sqs;

import java.util.TreeMap;
import java.util.function.IntConsumer;

/** Numbers by the time at which to look at them again, in steps of {@value #STEP_MILLIS} ms. Used by one thread. */
final class Deadlines {
    static final long STEP_MILLIS = 50;

    private final TreeMap<Long, IntRing> steps = new TreeMap<>();

    void add(long millis, int number) {
        steps.computeIfAbsent(Math.floorDiv(millis, STEP_MILLIS) + 1, step -> new IntRing())
                .add(number);
    }

    /** Takes out every number whose time has come. */
    void drain(long now, IntConsumer due) {
        long last = Math.floorDiv(now, STEP_MILLIS);
        while (!steps.isEmpty() && steps.firstKey() <= last) {
            IntRing numbers = steps.pollFirstEntry().getValue();
            while (numbers.size() > 0) {
                due.accept(numbers.remove());
            }
        }
    }
}
