package io.etlkit.api.value;

/** JSON's null: a field that is there and holds nothing. */
public enum NullValue implements Value {
    /** The one null. */
    INSTANCE;

    @Override
    public Kind kind() {
        return Kind.NULL;
    }

    @Override
    public String toString() {
        return "null";
    }
}
