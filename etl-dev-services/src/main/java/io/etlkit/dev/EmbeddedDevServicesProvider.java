package io.etlkit.dev;

import io.etlkit.api.dev.DevServices;
import io.etlkit.api.dev.DevServicesProvider;

/** Starts the embedded SQS and the embedded Postgres; found by {@link java.util.ServiceLoader}. Safe for any thread. */
public final class EmbeddedDevServicesProvider implements DevServicesProvider {
    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedDevServicesProvider() {}

    @Override
    public DevServices start() {
        return EmbeddedDevServices.start();
    }
}
