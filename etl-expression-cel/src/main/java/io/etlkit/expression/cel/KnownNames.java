package io.etlkit.expression.cel;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The names that an expression may use, to suggest the one that was meant. */
final class KnownNames {
    private static final List<String> VARIABLES = List.of(RecordVariables.BODY, RecordVariables.HEADERS);

    private static final List<String> FUNCTIONS = List.of(
            DateFunction.NAME,
            "has",
            "size",
            "all",
            "exists",
            "exists_one",
            "map",
            "filter",
            "contains",
            "startsWith",
            "endsWith",
            "matches",
            "int",
            "uint",
            "double",
            "string",
            "bool",
            "bytes",
            "timestamp",
            "duration",
            "dyn",
            "type",
            "getFullYear",
            "getMonth",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getHours",
            "getMinutes",
            "getSeconds",
            "getMilliseconds",
            "charAt",
            "indexOf",
            "lastIndexOf",
            "join",
            "split",
            "lowerAscii",
            "upperAscii",
            "replace",
            "substring",
            "trim");

    private KnownNames() {}

    static Optional<String> closest(String name, boolean function) {
        Stream<String> known = (function ? FUNCTIONS : VARIABLES).stream();
        int tolerance = Math.max(1, name.length() / 3);
        return known.filter(candidate -> distance(name, candidate) <= tolerance)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** How many characters have to be put in, taken out or changed (Levenshtein). */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column < previous.length; column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(change, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
