package io.etlkit.sink.postgres.internal.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline needs of its table. Pure.
 *
 * @param fields the fields that the pipeline's chain declares to produce; empty when it does not say
 * @param texts fields that are texts, with the least number of characters that they have
 * @param declared types of columns as configured
 * @param rule how rows are known that were written before
 */
public record TableRequirements(
        Optional<List<String>> fields, Map<String, Integer> texts, Map<String, String> declared, DuplicateRule rule) {
    /**
     * A column that there has to be.
     *
     * @param definition its type, where it is made
     * @param type the type that it must have; empty for any
     */
    record Column(String definition, Optional<String> type) {}

    private static final Column UNDECLARED = new Column("text", Optional.empty());

    /** The columns that there have to be, in the order in which they are made. */
    Map<String, Column> columns() {
        Map<String, Column> wanted = new LinkedHashMap<>();
        fields.ifPresent(names -> names.forEach(name -> wanted.put(name, UNDECLARED)));
        rule.unique().forEach(name -> wanted.putIfAbsent(name, UNDECLARED));
        rule.own().forEach((name, value) -> wanted.put(name, new Column(value.definition(), Optional.empty())));
        declared.forEach((name, text) -> {
            String type = TypeName.parse(text).canonical();
            wanted.put(name, new Column(type, Optional.of(type)));
        });
        return wanted;
    }

    /** The columns that the pipeline writes. Only they are in the INSERT: others keep their default. */
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
        names.addAll(rule.own().keySet());
        return new ArrayList<>(names);
    }

    /** What contradicts itself, whatever the table is like. */
    List<String> contradictions() {
        List<String> problems = new ArrayList<>();
        if (fields.isEmpty()) {
            return problems;
        }
        for (String name : fields.get()) {
            if (rule.own().containsKey(name)) {
                problems.add("column " + name + " takes what the sink knows of the message, and the pipeline produces a"
                        + " field of that name: rename the field, or name another column");
            }
        }
        for (String name : rule.unique()) {
            if (!fields.get().contains(name) && !rule.own().containsKey(name)) {
                problems.add("key names " + name
                        + ", which the pipeline does not produce: produce the field, or leave it" + " out of the key");
            }
        }
        if (rule.update() && rule.updated(fields.get()).isEmpty()) {
            problems.add(
                    "onConflict: update has nothing to set, for all that is written is part of the key: leave it out");
        }
        return problems;
    }
}
