package io.etlkit.transform.mask.internal.keyset;

import io.etlkit.api.KeyWrapProvider;
import io.etlkit.api.StartupException;
import io.etlkit.api.WrappedKey;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.TextValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.internal.encoding.Base64Url;
import io.etlkit.transform.mask.keyset.PassphraseSource;
import io.etlkit.transform.mask.keyset.WrapChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Wraps and unwraps deks: the field {@code wrap} of a keyset file. Used by one thread at a time. */
public final class KeysetWraps {
    public static final String NONE = "none";

    private static final Map<String, String> MODULES =
            Map.of("aws-kms", "etl-secrets-aws", "vault-transit", "etl-secrets-vault");

    private final PassphraseSource passphrases;
    private final Iterable<KeyWrapProvider> providers;

    /** The providers are made when one is needed. */
    public KeysetWraps(PassphraseSource passphrases, Iterable<KeyWrapProvider> providers) {
        this.passphrases = passphrases;
        this.providers = providers;
    }

    /** With the providers on the classpath. */
    public static KeysetWraps installed(PassphraseSource passphrases) {
        return new KeysetWraps(
                passphrases, ServiceLoader.load(KeyWrapProvider.class, KeysetWraps.class.getClassLoader()));
    }

    /** The same with other passphrases. */
    public KeysetWraps asking(PassphraseSource others) {
        return new KeysetWraps(others, providers);
    }

    /** The dek of a keyset. */
    byte[] unwrap(ObjectValue wrap, String name, String origin) {
        String type = JsonFields.text(wrap, "type")
                .orElseThrow(() -> KeysetJson.broken(origin, "the field wrap.type is missing"));
        if (type.equals(NONE)) {
            JsonFields.refuseOthers(wrap, Set.of("type", "dek"), origin);
            return JsonFields.bytes(wrap, "dek", KeysetKey.LENGTH)
                    .orElseThrow(() -> KeysetJson.broken(origin, "the field wrap.dek is not a key"));
        }
        if (type.equals(PassphraseWrap.TYPE)) {
            PassphraseWrap.check(wrap, origin);
            return PassphraseWrap.unwrap(wrap, name, passphrases.passphraseOf(origin), origin);
        }
        return unwrap(provider(type, origin), wrap, name, origin);
    }

    private static byte[] unwrap(KeyWrapProvider provider, ObjectValue wrap, String name, String origin) {
        Map<String, String> settings = new HashMap<>();
        wrap.forEach((field, value) -> {
            if (!(value instanceof TextValue text)) {
                throw KeysetJson.broken(origin, "a field of wrap is no text");
            }
            settings.put(field, text.value());
        });
        settings.remove("type");
        String ciphertext = Optional.ofNullable(settings.remove("dek"))
                .orElseThrow(() -> KeysetJson.broken(origin, "the field wrap.dek is missing"));
        if (!provider.settings().keySet().containsAll(settings.keySet())) {
            throw KeysetJson.broken(origin, "it has fields that this version of etlkit does not know");
        }
        byte[] dek = asked(origin, () -> provider.unwrap(new WrappedKey(ciphertext, settings), name));
        if (dek.length != KeysetKey.LENGTH) {
            throw KeysetJson.broken(origin, "what " + provider.type() + " unwrapped is not a key");
        }
        return dek;
    }

    /** Wraps a dek: the field {@code wrap}. */
    public ObjectValue wrap(WrapChoice choice, byte[] dek, String name, String origin) {
        boolean takesSettings = !choice.type().equals(NONE) && !choice.type().equals(PassphraseWrap.TYPE);
        if (!takesSettings && !choice.settings().isEmpty()) {
            throw KeysetJson.broken(origin, "the wrap " + choice.type() + " takes no settings");
        }
        if (choice.type().equals(NONE)) {
            return ObjectValue.builder()
                    .put("type", Value.of(NONE))
                    .put("dek", Value.of(Base64Url.encode(dek)))
                    .build();
        }
        if (choice.type().equals(PassphraseWrap.TYPE)) {
            char[] passphrase = passphrases.passphraseOf(origin);
            if (passphrase.length == 0) {
                throw KeysetJson.broken(origin, "the passphrase is empty; choose a long one");
            }
            return PassphraseWrap.wrap(dek, name, passphrase);
        }
        return wrap(provider(choice.type(), origin), choice.settings(), dek, name, origin);
    }

    private static ObjectValue wrap(
            KeyWrapProvider provider, Map<String, String> settings, byte[] dek, String name, String origin) {
        for (String setting : settings.keySet()) {
            if (!provider.settings().containsKey(setting)) {
                throw KeysetJson.broken(
                        origin,
                        "the wrap " + provider.type() + " has no setting \"" + setting + "\"; there is "
                                + String.join(
                                        ", ", new TreeSet<>(provider.settings().keySet())));
            }
        }
        WrappedKey wrapped = asked(origin, () -> provider.wrap(dek, name, settings));
        ObjectValue.Builder fields = ObjectValue.builder().put("type", Value.of(provider.type()));
        new TreeMap<>(wrapped.settings()).forEach((field, value) -> fields.put(field, Value.of(value)));
        return fields.put("dek", Value.of(wrapped.ciphertext())).build();
    }

    /** Says which keyset it was about. */
    private static <T> T asked(String origin, Supplier<T> call) {
        try {
            return call.get();
        } catch (StartupException refused) {
            throw KeysetJson.broken(origin, String.valueOf(refused.getMessage()));
        }
    }

    private KeyWrapProvider provider(String type, String origin) {
        for (KeyWrapProvider each : providers) {
            if (each.type().equals(type)) {
                return each;
            }
        }
        throw KeysetJson.broken(origin, missing(type));
    }

    private String missing(String type) {
        String module = MODULES.get(type);
        if (module != null) {
            return "its keys are wrapped with " + type + ", which the module " + module
                    + " opens; put it on the classpath";
        }
        List<String> known = new ArrayList<>(List.of(NONE, PassphraseWrap.TYPE));
        providers.forEach(each -> known.add(each.type()));
        return "the wrap is of no type that is installed; there is " + String.join(", ", known);
    }

    /** What may be shown of the field {@code wrap}. */
    public static ObjectValue describe(ObjectValue wrap) {
        return wrap.without("dek").without("salt").without("check");
    }
}
