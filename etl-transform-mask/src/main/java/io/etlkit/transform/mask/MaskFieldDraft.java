package io.etlkit.transform.mask;

import io.etlkit.api.value.FieldPath;
import io.etlkit.transform.mask.MaskField.Coerce;
import io.etlkit.transform.mask.MaskField.Existing;
import io.etlkit.transform.mask.MaskField.Index;
import io.etlkit.transform.mask.MaskField.OnInvalid;
import java.util.Optional;

/** A field while it is changed; what it is checked for is checked by {@link #build()}. */
final class MaskFieldDraft {
    private final FieldPath path;
    private Optional<FieldPath> to = Optional.empty();
    private String method;
    private String type = "text";
    private Optional<Coerce> coerce = Optional.empty();
    private Optional<String> domain = Optional.empty();
    private boolean required = true;
    private OnInvalid onInvalid = OnInvalid.REJECT;
    private Optional<Existing> existing = Optional.empty();
    private Optional<Index> index = Optional.empty();
    private Optional<FieldPath> indexTo = Optional.empty();
    private Optional<String> text = Optional.empty();
    private Optional<Integer> keep = Optional.empty();
    private Optional<Integer> v4 = Optional.empty();
    private Optional<Integer> v6 = Optional.empty();

    MaskFieldDraft(FieldPath path, String method) {
        this.path = path;
        this.method = method;
    }

    MaskFieldDraft(MaskField field) {
        this(field.path(), field.method());
        to = field.to();
        type = field.type();
        coerce = field.coerce();
        domain = field.domain();
        required = field.required();
        onInvalid = field.onInvalid();
        existing = field.existing();
        index = field.index();
        indexTo = field.indexTo();
        text = field.text();
        keep = field.keep();
        v4 = field.v4();
        v6 = field.v6();
    }

    MaskFieldDraft method(String other) {
        method = other;
        return this;
    }

    MaskFieldDraft to(FieldPath target) {
        to = Optional.of(target);
        return this;
    }

    MaskFieldDraft type(String other) {
        type = other;
        return this;
    }

    MaskFieldDraft coerce(Coerce other) {
        coerce = Optional.of(other);
        return this;
    }

    MaskFieldDraft domain(String other) {
        domain = Optional.of(other);
        return this;
    }

    MaskFieldDraft required(boolean other) {
        required = other;
        return this;
    }

    MaskFieldDraft onInvalid(OnInvalid other) {
        onInvalid = other;
        return this;
    }

    MaskFieldDraft existing(Existing other) {
        existing = Optional.of(other);
        return this;
    }

    MaskFieldDraft index(Optional<Index> other, Optional<FieldPath> target) {
        index = other;
        indexTo = target;
        return this;
    }

    MaskFieldDraft text(String other) {
        text = Optional.of(other);
        return this;
    }

    MaskFieldDraft keep(int characters) {
        keep = Optional.of(characters);
        return this;
    }

    MaskFieldDraft prefixes(int ipv4Bits, int ipv6Bits) {
        v4 = Optional.of(ipv4Bits);
        v6 = Optional.of(ipv6Bits);
        return this;
    }

    MaskField build() {
        return new MaskField(
                path, to, method, type, coerce, domain, required, onInvalid, existing, index, indexTo, text, keep, v4,
                v6);
    }
}
