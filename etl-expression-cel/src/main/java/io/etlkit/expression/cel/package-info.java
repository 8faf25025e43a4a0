/** Compiles and evaluates the expressions of a pipeline file with CEL. */
@NullMarked
package io.etlkit.expression.cel;

import org.jspecify.annotations.NullMarked;
