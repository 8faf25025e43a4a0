package io.etlkit.api.dev;

/** Starts dev services; found by {@link java.util.ServiceLoader}. */
public interface DevServicesProvider {
    /** Starts them, and returns when they answer; blocks for some seconds. */
    DevServices start();
}
