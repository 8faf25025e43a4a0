package io.etlkit.engine.config;

/**
 * One problem of a configuration and its place. Contains no secret.
 *
 * @param file the file as the user named it; empty where there is none
 * @param line the line, from 1; 0 where there is none
 * @param column the character within the line, from 1; 0 where there is none
 * @param path its path in the configuration; empty at the top
 * @param message what is wrong and what to do
 */
public record ConfigProblem(String file, int line, int column, String path, String message) {
    /** A problem at a place. */
    public static ConfigProblem at(Origin origin, String message) {
        return new ConfigProblem(origin.file(), origin.line(), origin.column(), origin.path(), message);
    }

    /** As compilers write it: {@code pipeline.yaml:14:11: transforms[1].mask: what is wrong}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(new Origin(file, line, column, path).place());
        if (!text.isEmpty()) {
            text.append(": ");
        }
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        return text.append(message).toString();
    }
}
