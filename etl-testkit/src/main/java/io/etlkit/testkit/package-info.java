/** What a plugin author tests with: contracts, fakes and real servers. */
@NullMarked
package io.etlkit.testkit;

import org.jspecify.annotations.NullMarked;
