/** What {@code etl demo}, {@code etl run --dev} and tests ask of embedded services. */
@NullMarked
package io.etlkit.api.dev;

import org.jspecify.annotations.NullMarked;
