package io.etlkit.runner.internal.file;

import io.etlkit.api.StartupException;
import io.etlkit.api.config.SecretProviderFactory;
import io.etlkit.engine.config.ConfigNode;
import io.etlkit.engine.config.ConfigProblems;
import io.etlkit.engine.config.Origin;
import io.etlkit.engine.config.Suggestion;
import io.etlkit.runner.internal.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces <code>${env:NAME:default}</code>, <code>${file:PATH:default}</code> and <code>${provider:reference}</code> in every
 * scalar of a tree. A default may hold references itself; <code>$${</code> stands for <code>${</code>. Used by one thread.
 */
public final class References {
    private final Environment environment;
    private final Path baseDirectory;
    private final Map<String, SecretProviderFactory> providers;
    private final boolean lookUpSecrets;
    private final ConfigProblems problems;
    private final Map<String, String> fetched = new HashMap<>();

    /**
     * Prepares for one file.
     *
     * @param lookUpSecrets whether files and secret providers are asked; if not, a default stands in, or the scalar is marked
     *     as unresolved
     */
    public References(
            Environment environment,
            Path baseDirectory,
            Map<String, SecretProviderFactory> providers,
            boolean lookUpSecrets,
            ConfigProblems problems) {
        this.environment = environment;
        this.baseDirectory = baseDirectory;
        this.providers = Map.copyOf(providers);
        this.lookUpSecrets = lookUpSecrets;
        this.problems = problems;
    }

    /** The tree with its references replaced; those that can not be are reported. */
    public ConfigNode resolve(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar) {
            return scalar(scalar);
        } else if (node instanceof ConfigNode.Sequence sequence) {
            List<ConfigNode> elements = new ArrayList<>();
            sequence.elements().forEach(element -> elements.add(resolve(element)));
            return new ConfigNode.Sequence(sequence.origin(), elements);
        } else if (node instanceof ConfigNode.Mapping mapping) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> entries.put(key, resolve(value)));
            return new ConfigNode.Mapping(mapping.origin(), entries);
        }
        return node;
    }

    private ConfigNode scalar(ConfigNode.Scalar scalar) {
        if (!scalar.text().contains("${")) {
            return scalar;
        }
        Substitution substitution = new Substitution(scalar.origin());
        String text = substitution.replace(scalar.text());
        return new ConfigNode.Scalar(
                scalar.origin(), text, scalar.style().substituted(substitution.secret, substitution.unknown));
    }

    /** The references of one scalar. */
    private final class Substitution {
        private final Origin origin;
        private boolean secret;
        private boolean unknown;

        Substitution(Origin origin) {
            this.origin = origin;
        }

        String replace(String text) {
            StringBuilder out = new StringBuilder();
            int from = 0;
            for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", from)) {
                if (start > from && text.charAt(start - 1) == '$') {
                    out.append(text, from, start - 1).append("${");
                    from = start + 2;
                    continue;
                }
                int end = endOf(text, start + 2);
                if (end < 0) {
                    return unusable("there is a ${ without its }; a plain ${ is written $${");
                }
                out.append(text, from, start).append(lookUp(text.substring(start + 2, end)));
                from = end + 1;
            }
            return out.append(text, from, text.length()).toString();
        }

        private static int endOf(String text, int from) {
            int depth = 1;
            for (int i = from; i < text.length(); i++) {
                if (text.charAt(i) == '{') {
                    depth++;
                } else if (text.charAt(i) == '}' && --depth == 0) {
                    return i;
                }
            }
            return -1;
        }

        private String lookUp(String reference) {
            int colon = reference.indexOf(':');
            String prefix = colon < 0 ? reference : reference.substring(0, colon);
            String rest = colon < 0 ? "" : reference.substring(colon + 1);
            if (colon >= 0 && prefix.equals("env")) {
                return variable(new WithDefault(rest));
            } else if (colon >= 0 && prefix.equals("file")) {
                return file(new WithDefault(rest));
            }
            SecretProviderFactory provider = providers.get(prefix);
            if (colon >= 0 && provider != null) {
                return secret(provider, rest);
            }
            List<String> known = new ArrayList<>(List.of("env", "file"));
            known.addAll(providers.keySet());
            return unusable("unknown reference \"${" + prefix + (colon < 0 ? "" : ":...") + "}\""
                    + (colon < 0
                            ? "; write ${env:" + prefix + "} for an environment variable"
                            : Suggestion.of(prefix, known)));
        }

        private String variable(WithDefault reference) {
            Optional<String> value = environment.variable(reference.name);
            if (value.isPresent()) {
                return value.get();
            }
            return reference.standIn.isPresent()
                    ? replace(reference.standIn.get())
                    : unusable("the environment variable " + reference.name
                            + " is not set, and there is no default; ${env:" + reference.name
                            + ":default} would give one");
        }

        private String file(WithDefault reference) {
            if (!lookUpSecrets) {
                return notLookedUp(reference.standIn);
            }
            try {
                String content = Files.readString(baseDirectory.resolve(reference.name));
                secret = true;
                return content.replaceFirst("\\R\\z", "");
            } catch (NoSuchFileException missing) {
                return reference.standIn.isPresent()
                        ? replace(reference.standIn.get())
                        : unusable(
                                "there is no file " + reference.name + " (relative paths start at the pipeline file's"
                                        + " folder), and there is no default");
            } catch (CharacterCodingException binary) {
                return unusable("the file " + reference.name + " is not UTF-8 text");
            } catch (IOException | InvalidPathException | UncheckedIOException unreadable) {
                return unusable("the file " + reference.name + " can not be read");
            }
        }

        private String secret(SecretProviderFactory provider, String reference) {
            if (!lookUpSecrets) {
                return notLookedUp(Optional.empty());
            }
            secret = true;
            try {
                return fetched.computeIfAbsent(
                        provider.name() + ":" + reference,
                        key -> provider.resolve(reference).reveal());
            } catch (StartupException failed) {
                return unusable(String.valueOf(failed.getMessage()));
            }
        }

        private String notLookedUp(Optional<String> standIn) {
            if (standIn.isPresent()) {
                return replace(standIn.get());
            }
            unknown = true;
            return "";
        }

        private String unusable(String message) {
            problems.add(origin, message);
            unknown = true;
            return "";
        }
    }

    /** A reference that may end in a default. */
    private static final class WithDefault {
        private final String name;
        private final Optional<String> standIn;

        WithDefault(String reference) {
            int colon = reference.indexOf(':');
            name = colon < 0 ? reference : reference.substring(0, colon);
            standIn = colon < 0 ? Optional.empty() : Optional.of(reference.substring(colon + 1));
        }
    }
}
