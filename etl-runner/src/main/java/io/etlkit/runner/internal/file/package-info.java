/** Reads pipeline files; not for users. */
@NullMarked
package io.etlkit.runner.internal.file;

import org.jspecify.annotations.NullMarked;
