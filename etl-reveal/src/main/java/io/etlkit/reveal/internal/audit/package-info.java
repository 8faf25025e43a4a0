/**
 * The audit log: its entries, its hash chain, and the originals that are shown only after a line is written.
 * Sees {@code process} only.
 */
@NullMarked
package io.etlkit.reveal.internal.audit;

import org.jspecify.annotations.NullMarked;
