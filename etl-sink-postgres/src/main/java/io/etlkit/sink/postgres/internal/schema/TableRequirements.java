package io.etlkit.sink.postgres.internal.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline needs from its table. Pure.
 *
 * @param fields the fields that the chain declares to produce; empty when it does not declare them
 * @param texts text fields, each with the fewest characters that its values have
 * @param declared types of columns as configured
 * @param rule how the sink recognises rows that were written before
 */
public record TableRequirements(
        Optional<List<String>> fields, Map<String, Integer> texts, Map<String, String> declared, DuplicateRule rule) {
    /**
     * A column that must exist.
     *
     * @param definition its type when the sink creates it
     * @param type the type that it must have; empty for any
     */
    record Column(String definition, Optional<String> type) {}

    private static final Column UNDECLARED = new Column("text", Optional.empty());

    /** The columns that must exist, in the order in which they are created. */
    Map<String, Column> columns() {
        Map<String, Column> wanted = new LinkedHashMap<>();
        fields.ifPresent(names -> names.forEach(name -> wanted.put(name, UNDECLARED)));
        rule.unique().forEach(name -> wanted.putIfAbsent(name, UNDECLARED));
        rule.messageColumns()
                .forEach((name, value) -> wanted.put(name, new Column(value.definition(), Optional.empty())));
        declared.forEach((name, text) -> {
            String type = TypeName.parse(text).canonical();
            wanted.put(name, new Column(type, Optional.of(type)));
        });
        return wanted;
    }

    /** The columns that the pipeline writes. Only these are in the INSERT; others keep their default. */
    public List<String> written(CatalogTable table) {
        Set<String> names = new LinkedHashSet<>();
        if (fields.isPresent()) {
            names.addAll(fields.get());
        } else {
            table.columns().stream()
                    .filter(column -> !column.generated())
                    .filter(column -> !column.hasDefault() || declared.containsKey(column.name()))
                    .forEach(column -> names.add(column.name()));
            names.addAll(rule.unique());
        }
        names.addAll(rule.messageColumns().keySet());
        return new ArrayList<>(names);
    }

    /** Contradictions in the configuration, whatever the table is like. */
    List<String> contradictions() {
        List<String> problems = new ArrayList<>();
        if (fields.isEmpty()) {
            return problems;
        }
        for (String name : fields.get()) {
            if (rule.messageColumns().containsKey(name)) {
                problems.add(
                        "column " + name
                                + " is filled from the message, and the pipeline produces a field of that name: rename the field, or use another column");
            }
        }
        for (String name : rule.unique()) {
            if (!fields.get().contains(name) && !rule.messageColumns().containsKey(name)) {
                problems.add("key names " + name
                        + ", which the pipeline does not produce: produce the field, or remove it from the key");
            }
        }
        if (rule.update() && rule.updated(fields.get()).isEmpty()) {
            problems.add(
                    "onConflict: update has nothing to update, because every written column is part of the key: remove it");
        }
        return problems;
    }
}
