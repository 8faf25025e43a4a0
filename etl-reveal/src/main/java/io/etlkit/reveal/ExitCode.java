package io.etlkit.reveal;

/** The exit codes of the verbs. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int CHECK_FAILED = 3;

    private ExitCode() {}
}
