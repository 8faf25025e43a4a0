package io.etlkit.engine.config;

/**
 * The place of a piece of configuration. Immutable.
 *
 * @param file the file as the user named it; empty where there is none
 * @param line the line, from 1; 0 where there is none
 * @param column the character within the line, from 1; 0 where there is none
 * @param path its path, as {@code transforms[1].mask.fields[0].method}; empty at the top
 */
public record Origin(String file, int line, int column, String path) {
    /** For configuration that comes from no file. */
    public static Origin none() {
        return new Origin("", 0, 0, "");
    }

    /** The place in a file, as {@code pipeline.yaml:14:11}; empty where there is none. */
    public String place() {
        return line > 0 ? file + ":" + line + ":" + column : file;
    }

    /** The same place under another path. */
    public Origin withPath(String newPath) {
        return new Origin(file, line, column, newPath);
    }

    /** The path of a key below this one. */
    public String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The path of a list's element below this one. */
    public String pathOf(int index) {
        return path + "[" + index + "]";
    }
}
