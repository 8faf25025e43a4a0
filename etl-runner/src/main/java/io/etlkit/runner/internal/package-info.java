/** What the etl command is wired of; not for users. */
@NullMarked
package io.etlkit.runner.internal;

import org.jspecify.annotations.NullMarked;
