package io.etlkit.drills;

import java.time.Duration;

/**
 * The settings of a chaos run.
 *
 * @param seed decides what happens when
 * @param length how long there are faults
 * @param messages how many messages are sent during that time
 * @param processes how many processes consume them
 */
record ChaosOptions(long seed, Duration length, int messages, int processes) {}
