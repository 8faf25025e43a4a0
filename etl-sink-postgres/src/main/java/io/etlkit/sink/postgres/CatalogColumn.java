package io.etlkit.sink.postgres;

/**
 * A column as the catalog describes it.
 *
 * @param name its name
 * @param type its type as {@code format_type} writes it: {@code character varying(32)}
 * @param baseType the type's own name in {@code pg_type}, that of the underlying type where it is a domain: {@code varchar}
 * @param castType the type without length and precision, for a cast that does not cut
 * @param modifier the type's modifier ({@code atttypmod}), -1 when there is none
 * @param notNull whether it refuses null
 * @param hasDefault whether it has a default
 * @param generated whether the database makes its value: a generated column, or an identity
 * @param domain whether the type is a domain
 * @param collation what to compare its texts by so that just the equal ones are equal, as SQL; empty where it is no text
 */
record CatalogColumn(
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

    /** Whether a row needs a value for it from us. */
    boolean mustBeWritten() {
        return notNull && !hasDefault && !generated;
    }
}
