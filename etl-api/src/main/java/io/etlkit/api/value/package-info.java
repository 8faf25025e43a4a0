/** The immutable data model of a record's body and headers: the JSON kinds, timestamps and bytes. */
@NullMarked
package io.etlkit.api.value;

import org.jspecify.annotations.NullMarked;
