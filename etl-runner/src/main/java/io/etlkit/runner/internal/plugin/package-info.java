/** Finds plugins; not for users. */
@NullMarked
package io.etlkit.runner.internal.plugin;

import org.jspecify.annotations.NullMarked;
