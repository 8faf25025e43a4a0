package io.etlkit.engine.internal.settle;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.value.NumberValue;
import io.etlkit.api.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * After how long a released delivery is to come again: from 1 s, doubled for each earlier delivery, up to 15 minutes, less
 * up to a half at random so that what failed together does not come back together.
 */
public final class ReleaseDelay {
    private static final long FIRST_MILLIS = 1000;
    private static final long LONGEST_MILLIS = Duration.ofMinutes(15).toMillis();
    private static final int MOST_DOUBLINGS = 20;
    private static final BigDecimal MOST_RECEIVES = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final DoubleSupplier random;

    /** Takes jitter from numbers between 0 and 1. */
    public ReleaseDelay(DoubleSupplier random) {
        this.random = random;
    }

    Duration of(EtlRecord original) {
        int doublings = Math.min(receives(original) - 1, MOST_DOUBLINGS);
        long millis = Math.min(FIRST_MILLIS << doublings, LONGEST_MILLIS);
        return Duration.ofMillis(Math.round(millis * (1 - random.getAsDouble() / 2)));
    }

    /** How often the source had delivered the message, this time included; 1 when it does not say. */
    public static int receives(EtlRecord original) {
        Value count = original.headers().get("receiveCount");
        return count instanceof NumberValue number
                ? number.value().max(BigDecimal.ONE).min(MOST_RECEIVES).intValue()
                : 1;
    }
}
