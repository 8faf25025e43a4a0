/**
 * The sink and the dead-letter sink {@code postgres}: the plugin, its factories and its configuration.
 * How they work is under {@code internal}, a room for each concern; users never name a type of it.
 */
@NullMarked
package io.etlkit.sink.postgres;

import org.jspecify.annotations.NullMarked;
