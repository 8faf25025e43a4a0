/** The verbs of the etl command; not for users. */
@NullMarked
package io.etlkit.runner.internal.command;

import org.jspecify.annotations.NullMarked;
