/** A TCP proxy that cuts, holds, delays and swallows traffic on command. */
@NullMarked
package io.etlkit.drills.proxy;

import org.jspecify.annotations.NullMarked;
