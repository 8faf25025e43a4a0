package io.etlkit.sink.postgres.internal.schema;

/**
 * A column as the catalog describes it.
 *
 * @param name its name
 * @param type its type as {@code format_type} writes it: {@code character varying(32)}
 * @param baseType the type's own name in {@code pg_type}, the base type's where it is a domain: {@code varchar}
 * @param castType the type without length and precision, for a cast that does not cut
 * @param modifier the type's modifier ({@code atttypmod}), -1 when there is none
 * @param notNull whether it refuses null
 * @param hasDefault whether it has a default
 * @param generated whether the database produces its value: a generated column or an identity
 * @param domain whether the type is a domain
 * @param collation the collation, as SQL, by which exactly the equal texts are equal; empty when it is not text
 */
public record CatalogColumn(
        String name,
        String type,
        String baseType,
        String castType,
        int modifier,
        boolean notNull,
        boolean hasDefault,
        boolean generated,
        boolean domain,
        String collation) {

    /** The digits before the point of the widest numeric that Postgres stores. */
    private static final int MAX_WHOLE_DIGITS = 131_072;
    /** What Postgres adds to a length or a precision in a type's modifier. */
    private static final int MODIFIER_OFFSET = 4;

    /** How many characters a column of text holds. The type {@code name} has no modifier and cuts silently. */
    public int maxLength() {
        if (baseType.equals("name")) {
            return 15;
        }
        return modifier >= MODIFIER_OFFSET ? modifier - MODIFIER_OFFSET : Integer.MAX_VALUE;
    }

    /** The declared precision of a numeric; 0 when it has none. */
    public int precision() {
        return modifier < MODIFIER_OFFSET ? 0 : (modifier - MODIFIER_OFFSET) >> 16;
    }

    /** The declared scale of a numeric, which may be negative; it is in the modifier's lower 11 bits. */
    public int scale() {
        return modifier < MODIFIER_OFFSET ? 0 : (((modifier - MODIFIER_OFFSET) & 0x7ff) ^ 1024) - 1024;
    }

    /** How many digits before the point the column keeps of every number; 0 when it is not numeric. */
    int wholeDigits() {
        if (!baseType.equals("numeric")) {
            return 0;
        }
        if (precision() == 0) {
            return MAX_WHOLE_DIGITS;
        }
        return scale() < 0 ? 0 : precision() - scale();
    }

    /** Whether an INSERT must give it a value. */
    boolean mustBeWritten() {
        return notNull && !hasDefault && !generated;
    }
}
