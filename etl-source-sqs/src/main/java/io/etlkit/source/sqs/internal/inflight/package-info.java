/** The messages between receive and confirmed delete, and how many of them there may be. */
@NullMarked
package io.etlkit.source.sqs.internal.inflight;

import org.jspecify.annotations.NullMarked;
