package io.etlkit.transform.mask;

import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import java.util.Optional;

/**
 * How one field is masked.
 *
 * @param path the field
 * @param to where the masked value is written; where the field is, unless it says otherwise
 * @param method how it is masked
 * @param type what its values are
 * @param domain the name under which values are comparable; the path, unless it says otherwise
 * @param required whether a record without the field is rejected
 * @param existing what becomes of values that are tokens already
 * @param text what {@code redact} writes
 */
public record MaskField(
        @Option(
                value = "The field to mask; with [*], every element of a list. A null stays null.",
                example = "sessions[*].ip")
        FieldPath path,

        @Option(
                value = "Where the masked value is written; the original is removed. Without it the field itself is"
                        + " replaced. Under [*] it has to lie in the same element.",
                example = "masked_ip")
        Optional<FieldPath> to,

        @Option(
                value = "hmac (irreversible, equal values stay equal), aes-gcm (reversible, equal values stay equal),"
                        + " redact (a fixed text), nullify (null).",
                example = "aes-gcm")
        String method,

        @Option(
                value = "What the values are, and so which are equal: text, or ip (any spelling of an address).",
                defaultValue = "text")
        String type,

        @Option(
                value = "Values of one domain can be compared and joined; 1 to 128 printable ASCII characters."
                        + " Without it, the field's path.",
                example = "ip")
        Optional<String> domain,

        @Option(value = "Whether a record without the field is rejected.", defaultValue = "true")
        boolean required,

        @Option(
                value =
                        "keep: a value that is a reversible token of this domain and verifies stays as it is. Without it,"
                                + " every value that looks like a token is rejected.",
                example = "keep")
        Optional<Existing> existing,

        @Option(value = "What redact writes; without it, [redacted].", example = "***")
        Optional<String> text) {

    /** What becomes of values that are tokens already. */
    public enum Existing {
        /** Reversible tokens that verify are kept; every other one is rejected. */
        KEEP
    }

    /** Checks each part, and that they fit together. */
    public MaskField {
        MaskingMethod masking = MaskingMethods.find(method);
        ValueTypes.find(type);
        String name = domain.orElse(path.toString());
        if (masking.needsKeys() && Domain.problem(name).isPresent()) {
            throw new IllegalArgumentException("domain: " + Domain.problem(name).get()
                    + (domain.isPresent() ? "" : "; the field's path is none, so name one"));
        }
        if (!masking.needsKeys() && (domain.isPresent() || existing.isPresent() || !type.equals("text"))) {
            throw new IllegalArgumentException(
                    (domain.isPresent() ? "domain" : existing.isPresent() ? "existing" : "type") + ": " + method
                            + " does not look at the value; leave it out");
        }
        if (text.isPresent() && !method.equals("redact")) {
            throw new IllegalArgumentException("text: only redact writes a text; leave it out");
        }
        to.ifPresent(target -> FieldPlace.check(path, target));
    }

    /** A required field of type text, replaced where it is. */
    public static MaskField of(String path, String method) {
        return new MaskField(
                FieldPath.parse(path),
                Optional.empty(),
                method,
                "text",
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    /** This field, written elsewhere. */
    public MaskField withTo(String target) {
        return new MaskField(
                path, Optional.of(FieldPath.parse(target)), method, type, domain, required, existing, text);
    }

    /** This field with another type. */
    public MaskField withType(String other) {
        return new MaskField(path, to, method, other, domain, required, existing, text);
    }

    /** This field in another domain. */
    public MaskField withDomain(String other) {
        return new MaskField(path, to, method, type, Optional.of(other), required, existing, text);
    }

    /** This field, which records may lack. */
    public MaskField optional() {
        return new MaskField(path, to, method, type, domain, false, existing, text);
    }

    /** This field, in which tokens that verify are kept. */
    public MaskField keepingTokens() {
        return new MaskField(path, to, method, type, domain, required, Optional.of(Existing.KEEP), text);
    }

    /** This field with the text that {@code redact} writes. */
    public MaskField withText(String other) {
        return new MaskField(path, to, method, type, domain, required, existing, Optional.of(other));
    }

    FieldPath target() {
        return to.orElse(path);
    }

    boolean isInPlace() {
        return target().equals(path);
    }

    String domainName() {
        return domain.orElse(path.toString());
    }
}
