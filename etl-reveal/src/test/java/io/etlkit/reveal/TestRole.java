package io.etlkit.reveal;

import io.etlkit.testkit.TestDatabase;
import java.util.UUID;

/** A role that may do nothing until it is granted, and that a verb's session takes on; gone after the test. */
final class TestRole implements AutoCloseable {
    private final TestDatabase database;
    private final String name = "role_" + UUID.randomUUID().toString().replace("-", "");

    private TestRole(TestDatabase database) {
        this.database = database;
    }

    public static TestRole create(TestDatabase database) {
        TestRole role = new TestRole(database);
        database.execute("CREATE ROLE " + role.name);
        return role;
    }

    public String name() {
        return name;
    }

    /** The option of a verb that makes its session this role's. */
    public String url() {
        String jdbc = database.jdbcUrl();
        return "--url=" + jdbc + (jdbc.contains("?") ? "&" : "?") + "options=-c%20role=" + name;
    }

    @Override
    public void close() {
        database.execute("DROP OWNED BY " + name + "; DROP ROLE " + name);
    }
}
