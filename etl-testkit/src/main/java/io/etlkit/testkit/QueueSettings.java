package io.etlkit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the queue of a {@link TestQueue} parameter is set up, where that is not a standard queue with the defaults below. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface QueueSettings {
    /** Whether it is a FIFO queue. */
    boolean fifo() default false;

    /** How long a received message stays hidden, in seconds. */
    int visibilityTimeoutSeconds() default 120;

    /** How often a message is delivered before it moves to {@link TestQueue#deadLetterQueue}; 0 for no such queue. */
    int maxReceiveCount() default 0;
}
