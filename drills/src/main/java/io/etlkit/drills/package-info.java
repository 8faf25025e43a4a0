/** The whole pipeline under failure: what drills run on, and what has to hold after each. */
@NullMarked
package io.etlkit.drills;

import org.jspecify.annotations.NullMarked;
