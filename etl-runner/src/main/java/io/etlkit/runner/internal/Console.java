package io.etlkit.runner.internal;

import java.io.PrintWriter;

/**
 * Where the command writes to.
 *
 * @param out results, for other programs to read
 * @param err everything else
 * @param interactive whether a person is watching
 */
public record Console(PrintWriter out, PrintWriter err, boolean interactive) {}
