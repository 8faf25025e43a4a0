/** A stub of SQS over plain sockets, for load and for faults. */
@NullMarked
package io.etlkit.stub.sqs;

import org.jspecify.annotations.NullMarked;
