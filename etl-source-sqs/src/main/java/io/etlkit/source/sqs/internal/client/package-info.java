/** The calls to SQS: the clients that a process shares, the connection to a queue, and the meaning of failures. */
@NullMarked
package io.etlkit.source.sqs.internal.client;

import org.jspecify.annotations.NullMarked;
