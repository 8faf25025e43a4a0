package io.etlkit.sink.postgres.internal.column;

import io.etlkit.api.Rejection;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import io.etlkit.sink.postgres.internal.schema.CatalogColumn;
import org.jspecify.annotations.Nullable;

/**
 * A column that the sink writes: how a value gets into it.
 *
 * @param name its name
 * @param path the field that it is written from
 * @param nullable whether it takes null
 * @param converter turns a value into an element of the column's array
 * @param elementType what the array is of, as Java has it
 * @param arrayType what the array is of, as Postgres calls it
 * @param expression what makes a row's value of an array's element, with {@code %s} for the element
 * @param collation what to compare its texts by, as SQL; empty where it is no text
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

    private static final String AS_IT_IS = "%s";

    public static TargetColumn of(CatalogColumn column) {
        return switch (column.baseType()) {
            case "text", "varchar", "bpchar", "name" ->
                text(column, ValueConverters.text(column.maxLength()), AS_IT_IS);
            case "int2" ->
                typed(
                        column,
                        ValueConverters.integer(Short.MIN_VALUE, Short.MAX_VALUE),
                        Integer.class,
                        "int4",
                        AS_IT_IS);
            case "int4" ->
                typed(
                        column,
                        ValueConverters.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
                        Integer.class,
                        "int4",
                        AS_IT_IS);
            case "int8" -> typed(column, ValueConverters.bigint(), Long.class, "int8", AS_IT_IS);
            case "float8" -> typed(column, ValueConverters.doublePrecision(), Double.class, "float8", AS_IT_IS);
            case "float4" -> typed(column, ValueConverters.real(), Float.class, "float4", AS_IT_IS);
            case "bool" -> typed(column, ValueConverters::bool, Boolean.class, "bool", AS_IT_IS);
            case "bytea" -> typed(column, ValueConverters::bytes, byte[].class, "bytea", AS_IT_IS);
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

    /** As a part of a key: it takes no null, and is compared as it will be stored, not as it was given. */
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

    /** The element for a field's value; null for a field that is absent or null. */
    @Nullable
    public Object convert(@Nullable Value value) throws RefusedValueException {
        if (value == null || value.isNull()) {
            if (nullable) {
                return null;
            }
            throw new RefusedValueException(Rejection.of("null_not_allowed", path, "the column takes no null"));
        }
        try {
            return converter.convert(value);
        } catch (RefusedValueException refused) {
            throw refused.at(path);
        }
    }
}
