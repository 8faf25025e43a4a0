package io.etlkit.transform.mask;

import io.etlkit.api.config.Option;
import io.etlkit.api.value.FieldPath;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.internal.field.FieldPlace;
import io.etlkit.transform.mask.internal.method.IpPrefixMethod;
import io.etlkit.transform.mask.internal.method.MethodOption;
import java.util.List;
import java.util.Optional;

/**
 * How one field is masked.
 *
 * @param path the field
 * @param to where the masked value is written; where the field is, unless it says otherwise
 * @param method how it is masked
 * @param type what its values are
 * @param coerce what values of another kind are turned into
 * @param domain the name under which values are comparable; the path, unless it says otherwise
 * @param required whether a record without the field is rejected
 * @param onInvalid what becomes of a value that is none of the type
 * @param existing what becomes of values that are tokens already
 * @param index how {@code aes-gcm-random} keeps equal values recognisable
 * @param indexTo where that is written
 * @param text what {@code redact} writes
 * @param keep how many characters {@code partial} keeps
 * @param v4 how many bits {@code ip-prefix} keeps of an IPv4 address
 * @param v6 how many bits {@code ip-prefix} keeps of an IPv6 address
 */
public record MaskField(
        @Option(
                description = "The field to mask; with [*], every element of a list. A null stays null.",
                example = "sessions[*].ip")
        FieldPath path,

        @Option(
                description =
                        "Where the masked value is written; the original is removed. Without it the field itself is"
                                + " replaced. Under [*] it has to lie in the same element.",
                example = "masked_ip")
        Optional<FieldPath> to,

        @Option(
                description =
                        "hmac (irreversible, equal values stay equal), aes-gcm (reversible, equal values stay equal),"
                                + " aes-gcm-siv (the same for more than 2^32 different values), aes-gcm-random (reversible, equal"
                                + " values differ), ip-prefix (the network of an address), partial (the last characters), redact (a"
                                + " fixed text), nullify (null).",
                example = "aes-gcm")
        String method,

        @Option(
                description =
                        "What the values are, and so which are equal: text, ip (any spelling of an address), uuid (in either"
                                + " case), number, email (the host in either case).",
                defaultValue = "text")
        String type,

        @Option(
                description =
                        "string: type text takes numbers too, and 42 equals \"42\". Without it a number is invalid.",
                example = "string")
        Optional<Coerce> coerce,

        @Option(
                description = "Values of one domain can be compared and joined; 1 to 128 printable ASCII characters."
                        + " Without it, the field's path.",
                example = "ip")
        Optional<String> domain,

        @Option(description = "Whether a record without the field is rejected.", defaultValue = "true")
        boolean required,

        @Option(
                description =
                        "What becomes of a value that is none of its type: reject (the record), redact (a fixed text is"
                                + " written), nullify (null is). The original is never written.",
                defaultValue = "reject")
        OnInvalid onInvalid,

        @Option(
                description =
                        "keep: a value that is a reversible token of this domain and verifies stays as it is. Without it,"
                                + " every value that looks like a token is rejected.",
                example = "keep")
        Optional<Existing> existing,

        @Option(
                description =
                        "For aes-gcm-random. hmac: the value's hmac token is written to indexTo, so that equal values can be"
                                + " told.",
                example = "hmac")
        Optional<Index> index,

        @Option(description = "Where the token that index asks for is written.", example = "ip_index")
        Optional<FieldPath> indexTo,

        @Option(
                description = "What redact, or onInvalid: redact, writes; without it, " + MaskField.REDACTED + ".",
                example = "***")
        Optional<String> text,

        @Option(
                description =
                        "How many characters partial keeps of a text, which has to be twice as long at least; without it, 4.",
                example = "4")
        Optional<Integer> keep,

        @Option(
                description = "How many bits ip-prefix keeps of an IPv4 address, 1 to 31; without it, 24.",
                example = "16")
        Optional<Integer> v4,

        @Option(
                description = "How many bits ip-prefix keeps of an IPv6 address, 1 to 127; without it, 48.",
                example = "32")
        Optional<Integer> v6) {

    static final String REDACTED = "[redacted]";

    /** What values of another kind are turned into. */
    public enum Coerce {
        /** Numbers are taken as text, in the form that {@code type: number} has for them. */
        STRING
    }

    /** What becomes of a value that is none of the type. */
    public enum OnInvalid {
        /** The record is rejected. */
        REJECT,
        /** A fixed text is written. */
        REDACT,
        /** Null is written. */
        NULLIFY
    }

    /** What becomes of values that are tokens already. */
    public enum Existing {
        /** Reversible tokens that verify are kept; every other one is rejected. */
        KEEP
    }

    /** How equal values are told where their tokens differ. */
    public enum Index {
        /** By their {@code hmac} tokens. */
        HMAC
    }

    /** Checks each part, and that they fit together. */
    public MaskField {
        MaskFieldRules rules = new MaskFieldRules(method, type);
        rules.checkDomain(path, domain);
        rules.checkUse(MethodOption.COERCE, coerce);
        rules.checkUse(MethodOption.DOMAIN, domain);
        rules.checkUse(MethodOption.EXISTING, existing);
        rules.checkUse(MethodOption.INDEX, index);
        rules.checkUse(MethodOption.INDEX_TO, indexTo);
        rules.checkUse(MethodOption.KEEP, keep);
        rules.checkUse(MethodOption.V4, v4);
        rules.checkUse(MethodOption.V6, v6);
        rules.checkOnInvalid(onInvalid, text);
        rules.checkCoercion(coerce);
        rules.checkIndex(index, indexTo);
        MaskFieldRules.checkRange(MethodOption.KEEP, keep, Integer.MAX_VALUE, "0 would keep nothing: take redact");
        MaskFieldRules.checkRange(MethodOption.V4, v4, IpPrefixMethod.IPV4_BITS - 1, "32 would keep the whole address");
        MaskFieldRules.checkRange(
                MethodOption.V6, v6, IpPrefixMethod.IPV6_BITS - 1, "128 would keep the whole address");
        to.ifPresent(target -> FieldPlace.check(path, "to", target));
        indexTo.ifPresent(target -> FieldPlace.check(path, "indexTo", target));
    }

    /** Begins a configuration; an option that is not set has its default. The constructor is not API. */
    public static MaskFieldBuilder builder() {
        return new MaskFieldBuilder();
    }

    /** A required field of type text, replaced where it is. */
    public static MaskField of(String path, String method) {
        return new MaskFieldDraft(FieldPath.parse(path), method).build();
    }

    /** This field, written elsewhere. */
    public MaskField withTo(String target) {
        return new MaskFieldDraft(this).to(FieldPath.parse(target)).build();
    }

    /** This field with another type. */
    public MaskField withType(String other) {
        return new MaskFieldDraft(this).type(other).build();
    }

    /** This field, of which numbers are taken as text. */
    public MaskField coercingToString() {
        return new MaskFieldDraft(this).coerce(Coerce.STRING).build();
    }

    /** This field in another domain. */
    public MaskField withDomain(String other) {
        return new MaskFieldDraft(this).domain(other).build();
    }

    /** This field, which records may lack. */
    public MaskField optional() {
        return new MaskFieldDraft(this).required(false).build();
    }

    /** This field with another fate of values that are none of its type. */
    public MaskField withOnInvalid(OnInvalid other) {
        return new MaskFieldDraft(this).onInvalid(other).build();
    }

    /** This field, in which tokens that verify are kept. */
    public MaskField keepingTokens() {
        return new MaskFieldDraft(this).existing(Existing.KEEP).build();
    }

    /** This field, whose values' {@code hmac} tokens are written too. */
    public MaskField withIndexTo(String target) {
        return new MaskFieldDraft(this)
                .index(Optional.of(Index.HMAC), Optional.of(FieldPath.parse(target)))
                .build();
    }

    /** This field with the text that {@code redact} writes. */
    public MaskField withText(String other) {
        return new MaskFieldDraft(this).text(other).build();
    }

    /** This field with so many characters that {@code partial} keeps. */
    public MaskField withKeep(int characters) {
        return new MaskFieldDraft(this).keep(characters).build();
    }

    /** This field with so many bits of IPv4 and IPv6 addresses that {@code ip-prefix} keeps. */
    public MaskField withPrefixes(int ipv4Bits, int ipv6Bits) {
        return new MaskFieldDraft(this).prefixes(ipv4Bits, ipv6Bits).build();
    }

    /** This field, once for each place that is written. */
    List<MaskField> columns() {
        if (indexTo.isEmpty()) {
            return List.of(this);
        }
        MaskFieldDraft draft = new MaskFieldDraft(this).index(Optional.empty(), Optional.empty());
        return List.of(
                draft.build(),
                draft.method(TokenKind.HMAC.method()).to(indexTo.get()).build());
    }

    public FieldPath target() {
        return to.orElse(path);
    }

    boolean isInPlace() {
        return target().equals(path);
    }

    public String domainName() {
        return domain.orElse(path.toString());
    }

    /** What is written where the value must not show at all. */
    public Value redaction() {
        return Value.of(text.orElse(REDACTED));
    }

    /** What is written for a value that is none of the type; empty when the record is rejected. */
    public Optional<Value> insteadOfInvalid() {
        return switch (onInvalid) {
            case REJECT -> Optional.empty();
            case REDACT -> Optional.of(redaction());
            case NULLIFY -> Optional.of(Value.ofNull());
        };
    }
}
