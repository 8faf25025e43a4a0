/** Turns located configuration trees into plugins' configuration records, reporting every problem at once. */
@NullMarked
package io.etlkit.engine.config;

import org.jspecify.annotations.NullMarked;
