package io.etlkit.sink.postgres.internal.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads the system catalog. Used by the thread that owns the connection. */
public final class Catalog {
    private static final String TABLE = """
            SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name, c.relpersistence = 'p' AS durable
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = to_regclass(:name) AND c.relkind IN ('r', 'p', 'v', 'f')
            """;

    /** Only indexes that ON CONFLICT can use: not partial, not on expressions, not deferrable. Column order does not matter. */
    private static final String UNIQUE_KEYS = """
            SELECT array_agg(a.attname::text) AS names
            FROM pg_index i
                 JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place) ON k.place <= i.indnkeyatts
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = :oid::oid AND i.indisunique AND i.indimmediate AND i.indisvalid AND i.indisready
                  AND i.indpred IS NULL AND i.indexprs IS NULL
            GROUP BY i.indexrelid
            """;

    /** Domains are resolved to their base type, so that values are checked and sent as that type. */
    private static final String COLUMNS = """
            WITH RECURSIVE type AS (
                SELECT a.attnum, t.oid, t.typname, t.typtype, t.typbasetype, a.atttypmod AS modifier,
                       t.typtype = 'd' AS domain
                FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                WHERE a.attrelid = :oid::oid AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL
                SELECT d.attnum, t.oid, t.typname, t.typtype, t.typbasetype,
                       (SELECT b.typtypmod FROM pg_type b WHERE b.oid = d.oid), true
                FROM type d JOIN pg_type t ON t.oid = d.typbasetype
                WHERE d.typtype = 'd')
            SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, type.typname AS base_type,
                   format_type(type.oid, NULL) AS cast_type, type.modifier, a.attnotnull AS not_null,
                   a.atthasdef AND a.attgenerated = '' AS has_default,
                   a.attgenerated <> '' OR a.attidentity <> '' AS generated, type.domain,
                   CASE WHEN type.typname NOT IN ('text', 'varchar', 'bpchar') OR c.oid IS NULL THEN ''
                        WHEN c.collisdeterministic THEN '"C"'
                        ELSE format('%I.%I', n.nspname, c.collname) END AS collation
            FROM pg_attribute a JOIN type ON type.attnum = a.attnum AND type.typtype <> 'd'
                 LEFT JOIN pg_collation c ON c.oid = a.attcollation
                 LEFT JOIN pg_namespace n ON n.oid = c.collnamespace
            WHERE a.attrelid = :oid::oid
            ORDER BY a.attnum
            """;

    private final Handle handle;

    public Catalog(Handle handle) {
        this.handle = handle;
    }

    /** Finds a table, along the search path when the name has no schema. */
    public Optional<CatalogTable> table(TableName name) {
        return handle.createQuery(TABLE)
                .bind("name", name.sql())
                .map((row, context) -> {
                    long oid = row.getLong("oid");
                    return new CatalogTable(
                            new TableName(Optional.of(row.getString("schema")), row.getString("name")),
                            oid,
                            row.getBoolean("durable"),
                            columns(oid),
                            uniqueKeys(oid));
                })
                .findOne();
    }

    private List<CatalogColumn> columns(long oid) {
        return handle.createQuery(COLUMNS)
                .bind("oid", oid)
                .map(ConstructorMapper.of(CatalogColumn.class))
                .list();
    }

    private Set<Set<String>> uniqueKeys(long oid) {
        return handle.createQuery(UNIQUE_KEYS)
                .bind("oid", oid)
                .map((row, context) -> Set.of((String[]) row.getArray("names").getArray()))
                .set();
    }

    /** The table's comment; empty when there is none, or no table. */
    public String comment(TableName name) {
        return handle.createQuery("SELECT coalesce(obj_description(to_regclass(:name), 'pg_class'), '')")
                .bind("name", name.sql())
                .mapTo(String.class)
                .one();
    }

    String setting(String name) {
        return handle.createQuery("SELECT current_setting(:name)")
                .bind("name", name)
                .mapTo(String.class)
                .one();
    }

    boolean mayInsert(TableName name) {
        return handle.createQuery("SELECT has_any_column_privilege(:name, 'INSERT')")
                .bind("name", name.sql())
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether the user has a right ({@code SELECT}, {@code UPDATE}) to each of the columns. */
    boolean mayOnAll(TableName name, List<String> columns, String right) {
        return handle.createQuery("SELECT coalesce(bool_and(has_column_privilege(:name, c, :right)), true)"
                        + " FROM unnest(:columns::text[]) AS c")
                .bind("name", name.sql())
                .bind("right", right)
                .bindArray("columns", String.class, columns)
                .mapTo(Boolean.class)
                .one();
    }

    public String user() {
        return handle.createQuery("SELECT current_user::text")
                .mapTo(String.class)
                .one();
    }
}
