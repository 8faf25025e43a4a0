/** Receives messages ahead of polls and makes records from them. */
@NullMarked
package io.etlkit.source.sqs.internal.receive;

import org.jspecify.annotations.NullMarked;
