/** The sink that writes records to a Postgres table. */
@NullMarked
package io.etlkit.sink.postgres;

import org.jspecify.annotations.NullMarked;
