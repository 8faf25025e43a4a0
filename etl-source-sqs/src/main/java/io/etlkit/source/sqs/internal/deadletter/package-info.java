/** Dead letters in a queue: the sink that writes them. */
@NullMarked
package io.etlkit.source.sqs.internal.deadletter;

import org.jspecify.annotations.NullMarked;
