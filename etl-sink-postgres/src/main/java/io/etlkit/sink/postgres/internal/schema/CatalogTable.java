package io.etlkit.sink.postgres.internal.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table as the catalog describes it.
 *
 * @param name its name, with the schema it was found in
 * @param oid its object id, which a rename does not change
 * @param durable false for an unlogged or temporary table, which a crash empties
 * @param columns its columns, in order
 * @param uniqueKeys the columns of each unique index that ON CONFLICT can use
 */
public record CatalogTable(
        TableName name, long oid, boolean durable, List<CatalogColumn> columns, Set<Set<String>> uniqueKeys) {
    public Optional<CatalogColumn> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }
}
