package io.etlkit.source.sqs.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A timer that a test turns by hand; what is due runs on the test's thread. */
public final class ManualScheduler implements Scheduler {
    private final List<Due> work = new ArrayList<>();
    private long now = 1_000_000_000L;

    private record Due(long at, Runnable work) {}

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void execute(Runnable soon) {
        work.add(new Due(now, soon));
    }

    @Override
    public void after(Duration delay, Runnable later) {
        work.add(new Due(now + delay.toNanos(), later));
    }

    /** Does what is due now. */
    public void run() {
        advance(Duration.ZERO);
    }

    /** Lets time pass, and does what becomes due, in order. */
    public void advance(Duration time) {
        long end = now + time.toNanos();
        for (Optional<Due> next = next(end); next.isPresent(); next = next(end)) {
            work.remove(next.get());
            now = Math.max(now, next.get().at());
            next.get().work().run();
        }
        now = end;
    }

    private Optional<Due> next(long end) {
        return work.stream().filter(due -> due.at() <= end).min(Comparator.comparingLong(Due::at));
    }
}
