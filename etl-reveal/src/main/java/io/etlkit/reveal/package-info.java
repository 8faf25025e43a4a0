/** The verbs that work with masking keys: keys, reveal, lookup and remask. */
@NullMarked
package io.etlkit.reveal;

import org.jspecify.annotations.NullMarked;
