package io.etlkit.engine.internal.failure;

import io.etlkit.api.EtlException;
import io.etlkit.api.StartupException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a failure without quoting a record. The messages of our own exceptions are written for that; those of any other
 * are left out, since drivers and parsers put values into theirs: class names and stack frames must do.
 */
public final class FailureDescription {
    private static final int FRAMES_IN_SHORT = 3;
    private static final int MOST_CAUSES = 10;

    private FailureDescription() {}

    /** One line. */
    public static String brief(Throwable failure) {
        if (hasSafeMessage(failure)) {
            return String.valueOf(failure.getMessage());
        }
        return failure.getClass().getName()
                + Arrays.stream(failure.getStackTrace())
                        .limit(FRAMES_IN_SHORT)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(", from ", " at ", ""));
    }

    /** All frames, causes included. */
    public static String full(Throwable failure) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (@Nullable Throwable each = failure; each != null && depth < MOST_CAUSES; each = each.getCause(), depth++) {
            text.append(depth == 0 ? "" : "\ncaused by ").append(each.getClass().getName());
            if (hasSafeMessage(each)) {
                text.append(": ").append(each.getMessage());
            }
            for (StackTraceElement frame : each.getStackTrace()) {
                text.append("\n    at ").append(frame);
            }
        }
        return text.toString();
    }

    private static boolean hasSafeMessage(Throwable failure) {
        return failure instanceof FatalException
                || failure instanceof UnexpectedException
                || failure instanceof StoppedWhileRetryingException
                || failure instanceof StartupException
                || failure instanceof EtlException;
    }
}
