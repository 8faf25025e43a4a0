package io.etlkit.api.value;

/**
 * Text.
 *
 * @param value the text, as UTF-16; it may hold NUL and lone surrogates, which JSON allows and databases do not
 */
public record TextValue(String value) implements Value {
    @Override
    public Kind kind() {
        return Kind.TEXT;
    }

    @Override
    public String toString() {
        return "text[" + value.length() + " chars]";
    }
}
