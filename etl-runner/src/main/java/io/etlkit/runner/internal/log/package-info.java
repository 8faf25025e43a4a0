/** Sets logging up; not for users. */
@NullMarked
package io.etlkit.runner.internal.log;

import org.jspecify.annotations.NullMarked;
