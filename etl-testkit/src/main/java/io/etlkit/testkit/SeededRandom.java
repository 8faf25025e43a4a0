package io.etlkit.testkit;

import java.util.Random;
import java.util.function.Consumer;

/** Checks a property on random inputs that can be had again: a failure tells the seed. Stateless, safe for any thread. */
public final class SeededRandom {
    /** The system property that repeats one seed: {@code -Detl.test.seed=42}. */
    public static final String SEED_PROPERTY = "etl.test.seed";

    private SeededRandom() {}

    /**
     * Runs a check with {@code times} fresh sources of randomness, or, when {@value #SEED_PROPERTY} is set, once with that
     * seed.
     *
     * @throws AssertionError when a check fails; the message tells its seed, the cause is what the check threw
     */
    public static void forAll(int times, Consumer<Random> check) {
        String fixed = System.getProperty(SEED_PROPERTY);
        if (fixed != null) {
            run(Long.parseLong(fixed), check);
            return;
        }
        Random seeds = new Random();
        for (int i = 0; i < times; i++) {
            run(seeds.nextLong(), check);
        }
    }

    private static void run(long seed, Consumer<Random> check) {
        try {
            check.accept(new Random(seed));
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError(
                    "failed with -D" + SEED_PROPERTY + "=" + seed + ": " + failed.getMessage(), failed);
        }
    }

    /** Text of up to {@code maxLength} code points of every kind: controls, accents, astral planes; no lone surrogates. */
    public static String text(Random random, int maxLength) {
        int length = random.nextInt(maxLength + 1);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(codePoint(random));
        }
        return text.toString();
    }

    private static int codePoint(Random random) {
        int bound = switch (random.nextInt(4)) {
            case 0 -> 0x80;
            case 1 -> 0x800;
            case 2 -> 0x10000;
            default -> Character.MAX_CODE_POINT + 1;
        };
        int codePoint = random.nextInt(bound);
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return surrogate ? 'x' : codePoint;
    }
}
