/**
 * Dead letters back to the messages that they were made of, sealed or not.
 * Sees {@code settle} only.
 */
@NullMarked
package io.etlkit.engine.internal.deadletter;

import org.jspecify.annotations.NullMarked;
