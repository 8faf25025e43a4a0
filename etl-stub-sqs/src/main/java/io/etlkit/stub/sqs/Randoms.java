package io.etlkit.stub.sqs;

/** Random numbers that are a pure function of a seed and a position (SplitMix64): any of them can be made again. */
final class Randoms {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Randoms() {}

    static long mix(long seed, long position) {
        long mixed = seed + (position + 1) * GOLDEN_GAMMA;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** A number from 0 to {@code bound - 1}. */
    static int below(int bound, long seed, long position) {
        return (int) Long.remainderUnsigned(mix(seed, position), bound);
    }
}
