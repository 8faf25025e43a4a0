/** Runs a pipeline: polls, transforms, writes and settles, lane by lane. */
@NullMarked
package io.etlkit.engine;

import org.jspecify.annotations.NullMarked;
