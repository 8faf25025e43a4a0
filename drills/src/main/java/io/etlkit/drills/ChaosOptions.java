package io.etlkit.drills;

import java.time.Duration;

/**
 * How a chaos run is to be.
 *
 * @param seed decides what happens when
 * @param length how long things go wrong
 * @param messages how many messages are sent meanwhile
 * @param processes how many processes consume them
 */
record ChaosOptions(long seed, Duration length, int messages, int processes) {}
