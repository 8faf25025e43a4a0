/** What plugin configuration is made of: annotated records, secrets, expressions, and the errors they are reported with. */
@NullMarked
package io.etlkit.api.config;

import org.jspecify.annotations.NullMarked;
