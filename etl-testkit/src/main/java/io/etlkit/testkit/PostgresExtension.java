package io.etlkit.testkit;

import io.etlkit.dev.EmbeddedPostgresServer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a fresh, empty database of a real Postgres server: each parameter of type {@link TestDatabase} is one, and
 * dropped after the test. The server is started once for the test run; a test that stops or crashes one starts its own
 * {@link EmbeddedPostgresServer}.
 */
public final class PostgresExtension implements ParameterResolver {
    /** For JUnit. */
    public PostgresExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EmbeddedPostgresServer server =
                SharedServers.get(context, EmbeddedPostgresServer.class, EmbeddedPostgresServer::start);
        return SharedServers.closeWith(context, TestDatabase.create(server));
    }
}
