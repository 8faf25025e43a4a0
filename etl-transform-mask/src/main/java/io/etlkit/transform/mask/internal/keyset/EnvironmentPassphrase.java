package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.api.StartupException;
import io.etlkit.transform.mask.keyset.PassphraseFile;
import io.etlkit.transform.mask.keyset.PassphraseSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The passphrase out of the environment. A file goes before a variable: the text of a variable can not be overwritten. */
public final class EnvironmentPassphrase implements PassphraseSource {
    static final String FILE = "ETL_KEYSET_PASSPHRASE_FILE";
    static final String VALUE = "ETL_KEYSET_PASSPHRASE";

    private final Map<String, String> environment;

    public EnvironmentPassphrase(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public char[] passphraseOf(String keyset) {
        if (isSet(FILE)) {
            return PassphraseFile.read(
                    Path.of(environment.getOrDefault(FILE, "")), KeysetLoader.isMounted(environment));
        }
        if (isSet(VALUE)) {
            return environment.getOrDefault(VALUE, "").toCharArray();
        }
        throw new StartupException("keyset " + keyset + ": it needs a passphrase; name a file that holds it in " + FILE
                + ", or set " + VALUE);
    }

    private boolean isSet(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .isPresent();
    }
}
