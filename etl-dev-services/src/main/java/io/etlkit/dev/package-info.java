/** An embedded SQS and an embedded Postgres for demos and tests. */
@NullMarked
package io.etlkit.dev;

import org.jspecify.annotations.NullMarked;
