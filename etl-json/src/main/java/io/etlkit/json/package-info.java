/** JSON text to and from {@link io.etlkit.api.value.Value}; no type of the JSON library shows. */
@NullMarked
package io.etlkit.json;

import org.jspecify.annotations.NullMarked;
