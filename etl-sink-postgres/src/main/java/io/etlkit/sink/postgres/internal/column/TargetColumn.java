package io.etlkit.sink.postgres.internal.column;

import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import io.etlkit.sink.postgres.internal.schema.CatalogColumn;
import org.jspecify.annotations.Nullable;

/**
 * A column that the sink writes, and how a value gets into it.
 *
 * @param name its name
 * @param path the field with its value
 * @param nullable whether it takes null
 * @param converter turns a value into an element of the column's array
 * @param elementType the Java type of the array's elements
 * @param arrayType the Postgres type of the array's elements
 * @param expression the SQL that turns an element into the column's value, with {@code %s} for the element
 * @param collation the collation to compare texts by, as SQL; empty when it is not text
 */
public record TargetColumn(
        String name,
        FieldPath path,
        boolean nullable,
        ValueConverter converter,
        Class<?> elementType,
        String arrayType,
        String expression,
        String collation) {

    private static final String UNCHANGED = "%s";

    public static TargetColumn of(CatalogColumn column) {
        return switch (column.baseType()) {
            case "text", "varchar", "bpchar", "name" ->
                text(column, ValueConverters.text(column.maxLength()), UNCHANGED);
            case "int2" ->
                typed(
                        column,
                        ValueConverters.integer(Short.MIN_VALUE, Short.MAX_VALUE),
                        Integer.class,
                        "int4",
                        UNCHANGED);
            case "int4" ->
                typed(
                        column,
                        ValueConverters.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
                        Integer.class,
                        "int4",
                        UNCHANGED);
            case "int8" -> typed(column, ValueConverters.bigint(), Long.class, "int8", UNCHANGED);
            case "float8" -> typed(column, ValueConverters.doublePrecision(), Double.class, "float8", UNCHANGED);
            case "float4" -> typed(column, ValueConverters.real(), Float.class, "float4", UNCHANGED);
            case "bool" -> typed(column, ValueConverters::bool, Boolean.class, "bool", UNCHANGED);
            case "bytea" -> typed(column, ValueConverters::bytes, byte[].class, "bytea", UNCHANGED);
            case "date" ->
                typed(column, new TimeConverters.DateConverter(), Integer.class, "int4", "DATE '1970-01-01' + %s");
            case "timestamptz" -> text(column, TimeConverters.timestamp(), "%s::timestamptz");
            case "timestamp" -> text(column, TimeConverters.timestamp(), "%s::timestamptz AT TIME ZONE 'UTC'");
            case "numeric" -> text(column, new NumericConverter(column.precision(), column.scale()), "%s::numeric");
            case "json", "jsonb" -> text(column, ValueConverters::json, "%s::" + column.baseType());
            case "uuid" -> text(column, ValueConverters::uuid, "%s::uuid");
            default -> text(column, ValueConverters::other, "%s::" + column.castType());
        };
    }

    private static TargetColumn text(CatalogColumn column, ValueConverter converter, String expression) {
        return typed(column, converter, String.class, "text", expression);
    }

    private static TargetColumn typed(
            CatalogColumn column, ValueConverter converter, Class<?> elementType, String arrayType, String expression) {
        return new TargetColumn(
                column.name(),
                FieldPath.ofName(column.name()),
                !column.notNull(),
                converter,
                elementType,
                arrayType,
                expression,
                column.collation());
    }

    /** For a column of the key: it takes no null, and is compared as it will be stored, not as it was given. */
    public static TargetColumn ofKey(CatalogColumn column) {
        TargetColumn plain = of(column);
        return new TargetColumn(
                plain.name,
                plain.path,
                false,
                plain.converter,
                plain.elementType,
                plain.arrayType,
                "(" + plain.expression + ")::" + column.type(),
                plain.collation);
    }

    /** Converts a field's value to an element; null for a field that is absent or null. */
    @Nullable
    public Object convert(@Nullable Value value) throws RefusedValueException {
        if (value == null || value.isNull()) {
            if (nullable) {
                return null;
            }
            throw new RefusedValueException(Rejection.of("null_not_allowed", path, "the column does not allow null"));
        }
        try {
            return converter.convert(value);
        } catch (RefusedValueException refused) {
            throw refused.at(path);
        }
    }
}
