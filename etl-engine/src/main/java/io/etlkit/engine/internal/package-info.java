/** The engine's inside; nothing here is for users, and all of it may change. */
@NullMarked
package io.etlkit.engine.internal;

import org.jspecify.annotations.NullMarked;
