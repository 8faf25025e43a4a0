package io.etlkit.reveal.internal.process;

/** The exit codes of the verbs. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int CHECK_FAILED = 3;

    private ExitCode() {}
}
