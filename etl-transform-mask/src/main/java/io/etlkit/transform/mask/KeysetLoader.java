package io.etlkit.transform.mask;

import io.etlkit.api.StartupException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a keyset by what a pipeline file says of its place. */
final class KeysetLoader {
    private static final Logger log = LoggerFactory.getLogger(KeysetLoader.class);

    private static final String PERMISSIONS = "ETL_KEYSET_PERMISSIONS";

    private final Map<String, String> environment;

    KeysetLoader(Map<String, String> environment) {
        this.environment = environment;
    }

    static KeysetLoader ofProcess() {
        return new KeysetLoader(System.getenv());
    }

    Keyset load(String location, Path baseDirectory) {
        if (location.startsWith("env:")) {
            String variable = location.substring("env:".length());
            String text = Optional.ofNullable(environment.get(variable))
                    .orElseThrow(() -> KeysetJson.broken(location, "the environment variable is not set"));
            return KeysetReader.read(text, location);
        }
        String path = location.startsWith("file:") ? location.substring("file:".length()) : location;
        try {
            return loadFile(baseDirectory.resolve(path));
        } catch (InvalidPathException invalid) {
            throw KeysetJson.broken(location, "not the path of a file");
        }
    }

    private Keyset loadFile(Path file) {
        try {
            Optional<String> refusal = KeysetFile.refusal(file, isMounted());
            if (refusal.isPresent()) {
                throw KeysetJson.broken(file.toString(), refusal.get());
            }
            if (!isMounted() && KeysetFile.mayGroupRead(file)) {
                log.warn("keyset {}: the file's group may read it; chmod 600 it", file);
            }
            return KeysetReader.read(Files.readString(file), file.toString());
        } catch (NoSuchFileException missing) {
            throw KeysetJson.broken(file.toString(), "there is no such file; make one with: etl keys init " + file);
        } catch (CharacterCodingException binary) {
            throw KeysetJson.broken(file.toString(), "not a keyset: no text in UTF-8");
        } catch (IOException unreadable) {
            throw new StartupException("keyset " + file + ": the file can not be read", unreadable);
        }
    }

    private boolean isMounted() {
        return "mounted".equals(environment.get(PERMISSIONS));
    }
}
