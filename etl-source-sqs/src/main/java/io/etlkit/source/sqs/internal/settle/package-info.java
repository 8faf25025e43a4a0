/** Deletes and releases messages, and extends the visibility timeout of those that are in flight for long. */
@NullMarked
package io.etlkit.source.sqs.internal.settle;

import org.jspecify.annotations.NullMarked;
