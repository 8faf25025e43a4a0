package io.etlkit.api.value;

/** True or false. */
public enum BooleanValue implements Value {
    TRUE(true),
    FALSE(false);

    private final boolean value;

    BooleanValue(boolean value) {
        this.value = value;
    }

    /** The boolean. */
    public boolean value() {
        return value;
    }

    @Override
    public Kind kind() {
        return Kind.BOOLEAN;
    }

    @Override
    public String toString() {
        return "boolean";
    }
}
