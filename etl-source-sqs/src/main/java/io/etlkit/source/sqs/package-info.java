/** The source that reads records off AWS SQS queues. */
@NullMarked
package io.etlkit.source.sqs;

import org.jspecify.annotations.NullMarked;
