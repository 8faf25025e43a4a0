/** The whole pipeline against its limits, and JMH benchmarks of its parts. */
@NullMarked
package io.etlkit.benchmark;

import org.jspecify.annotations.NullMarked;
