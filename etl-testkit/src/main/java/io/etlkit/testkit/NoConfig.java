package io.etlkit.testkit;

/** The configuration of a fake: none. */
public record NoConfig() {}
