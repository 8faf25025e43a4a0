/** The source: puts receiving, settling and the checks of the queue together. */
@NullMarked
package io.etlkit.source.sqs.internal.source;

import org.jspecify.annotations.NullMarked;
