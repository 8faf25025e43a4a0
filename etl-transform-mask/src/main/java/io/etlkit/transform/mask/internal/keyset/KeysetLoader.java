package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.api.EtlPlugin;
import io.etlkit.api.StartupException;
import io.etlkit.api.config.SecretProviderFactory;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.PassphraseSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a keyset by what a pipeline file says of its place. */
public final class KeysetLoader {
    private static final Logger log = LoggerFactory.getLogger(KeysetLoader.class);

    private static final String PERMISSIONS = "ETL_KEYSET_PERMISSIONS";

    private static final Pattern PROVIDED = Pattern.compile("([a-z][a-z0-9-]+):(.+)");

    private final Map<String, String> environment;
    private final KeysetWraps wraps;
    private final Iterable<SecretProviderFactory> secrets;
    private final OpenKeysets open;

    /** The secret providers are made when one is needed. */
    public KeysetLoader(Map<String, String> environment, KeysetWraps wraps, Iterable<SecretProviderFactory> secrets) {
        this(environment, wraps, secrets, new OpenKeysets());
    }

    private KeysetLoader(
            Map<String, String> environment,
            KeysetWraps wraps,
            Iterable<SecretProviderFactory> secrets,
            OpenKeysets open) {
        this.environment = environment;
        this.wraps = wraps;
        this.secrets = secrets;
        this.open = open;
    }

    /** Asks for passphrases, so that each load opens the keyset anew. */
    public static KeysetLoader asking(PassphraseSource passphrases) {
        return new KeysetLoader(System.getenv(), KeysetWraps.installed(passphrases), KeysetLoader::installedSecrets);
    }

    /** Takes passphrases from the environment, and shares what is open in this process. */
    public static KeysetLoader ofProcess() {
        Map<String, String> environment = System.getenv();
        return new KeysetLoader(
                environment,
                KeysetWraps.installed(PassphraseSource.ofEnvironment(environment)),
                KeysetLoader::installedSecrets,
                OpenKeysets.OF_PROCESS);
    }

    private static Iterator<SecretProviderFactory> installedSecrets() {
        return ServiceLoader.load(EtlPlugin.class, KeysetLoader.class.getClassLoader()).stream()
                .flatMap(plugin -> plugin.get().secretProviders().stream())
                .iterator();
    }

    public Keyset load(String location, Path baseDirectory) {
        if (location.stripLeading().startsWith("{")) {
            throw new StartupException(
                    "keyset: this is a keyset itself and not the place of one; to read it from a secret"
                            + " provider write aws-sm:ID in place of ${aws-sm:ID}");
        }
        if (location.startsWith("env:")) {
            String variable = location.substring("env:".length());
            String text = Optional.ofNullable(environment.get(variable))
                    .orElseThrow(() -> KeysetJson.broken(location, "the environment variable is not set"));
            return shared(text, location);
        }
        Matcher provided = PROVIDED.matcher(location);
        if (provided.matches() && !provided.group(1).equals("file")) {
            return shared(secret(location, provided.group(1), provided.group(2)), location);
        }
        String path = location.startsWith("file:") ? location.substring("file:".length()) : location;
        try {
            Path file = baseDirectory.resolve(path);
            return shared(readFile(file), file.toString());
        } catch (InvalidPathException invalid) {
            throw KeysetJson.broken(location, "not the path of a file");
        }
    }

    private Keyset shared(String text, String origin) {
        return open.open(origin, text, () -> {
            KeysetContents contents = KeysetReader.read(text, origin, wraps);
            contents.wipeDek();
            return contents.keyset();
        });
    }

    private String secret(String location, String provider, String reference) {
        Map<String, SecretProviderFactory> byName = new TreeMap<>();
        secrets.forEach(each -> byName.put(each.name(), each));
        SecretProviderFactory factory = Optional.ofNullable(byName.get(provider))
                .orElseThrow(() -> KeysetJson.broken(
                        location,
                        "there is no secret provider \"" + provider + "\" on the classpath; there is "
                                + (byName.isEmpty() ? "none" : String.join(", ", byName.keySet()))
                                + "; a file whose name looks like this is written file:" + location));
        try {
            return factory.resolve(reference).reveal();
        } catch (StartupException refused) {
            throw KeysetJson.broken(location, String.valueOf(refused.getMessage()));
        }
    }

    /** The text of a keyset file, once it is clear that nobody else may touch it. */
    public String readFile(Path file) {
        try {
            Optional<String> refusal = KeysetFile.refusal(file, isMounted(environment));
            if (refusal.isPresent()) {
                throw KeysetJson.broken(file.toString(), refusal.get());
            }
            if (!isMounted(environment) && KeysetFile.mayGroupRead(file)) {
                log.warn("keyset {}: the file's group may read it; chmod 600 it", file);
            }
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw KeysetJson.broken(file.toString(), "there is no such file; make one with: etl keys init " + file);
        } catch (CharacterCodingException binary) {
            throw KeysetJson.broken(file.toString(), "not a keyset: no text in UTF-8");
        } catch (IOException unreadable) {
            throw new StartupException("keyset " + file + ": the file can not be read", unreadable);
        }
    }

    public static boolean isMounted(Map<String, String> environment) {
        return "mounted".equals(environment.get(PERMISSIONS));
    }
}
