package io.etlkit.transform.mask;

import io.etlkit.api.value.FieldPath;
import io.etlkit.transform.mask.MaskField.OnInvalid;
import io.etlkit.transform.mask.internal.method.IpPrefixMethod;
import io.etlkit.transform.mask.internal.method.MaskingMethod;
import io.etlkit.transform.mask.internal.method.MaskingMethods;
import io.etlkit.transform.mask.internal.method.MethodOption;
import io.etlkit.transform.mask.internal.token.Domain;
import io.etlkit.transform.mask.internal.type.ValueTypes;
import java.util.Optional;

/** Whether the options of a field fit its method; every message begins with the option at fault. */
final class MaskFieldRules {
    private static final String DEFAULT_TYPE = "text";

    private final String method;
    private final String type;
    private final MaskingMethod masking;

    MaskFieldRules(String method, String type) {
        this.method = method;
        this.type = type;
        this.masking = MaskingMethods.find(method);
        ValueTypes.find(type);
        boolean saysWhatIsKnown = masking instanceof IpPrefixMethod && type.equals("ip");
        if (!type.equals(DEFAULT_TYPE) && !saysWhatIsKnown) {
            checkUse(MethodOption.TYPE, Optional.of(type));
        }
    }

    /** Refuses an option that the method does not use: whoever wrote it expects something of it. */
    void checkUse(MethodOption option, Optional<?> value) {
        if (value.isPresent() && !masking.options().contains(option)) {
            throw new IllegalArgumentException(option.label() + ": " + method
                    + " does not use it; leave it out (it is for " + MaskingMethods.using(option) + ")");
        }
    }

    void checkDomain(FieldPath path, Optional<String> domain) {
        Optional<String> problem = Domain.problem(domain.orElse(path.toString()));
        if (masking.needsKeys() && problem.isPresent()) {
            throw new IllegalArgumentException(
                    "domain: " + problem.get() + (domain.isPresent() ? "" : "; the field's path is none, so name one"));
        }
    }

    void checkOnInvalid(OnInvalid onInvalid, Optional<String> text) {
        if (onInvalid != OnInvalid.REJECT) {
            checkUse(MethodOption.ON_INVALID, Optional.of(onInvalid));
        }
        if (text.isPresent()
                && onInvalid != OnInvalid.REDACT
                && !masking.options().contains(MethodOption.TEXT)) {
            throw new IllegalArgumentException(
                    "text: only the method redact and onInvalid: redact write a text; leave it out");
        }
    }

    void checkCoercion(Optional<?> coerce) {
        if (coerce.isPresent() && !type.equals(DEFAULT_TYPE)) {
            throw new IllegalArgumentException(
                    "coerce: string is for type text, and the type is " + type + "; leave one of them out");
        }
    }

    void checkIndex(Optional<?> index, Optional<FieldPath> indexTo) {
        if (index.isPresent() && indexTo.isEmpty()) {
            throw new IllegalArgumentException(
                    "indexTo: index needs a field to write to, as in indexTo: ip_index; equal values can be told there");
        }
        if (index.isEmpty() && indexTo.isPresent()) {
            throw new IllegalArgumentException("index: indexTo names a field for it; add index: hmac");
        }
    }

    /** {@code why} is the reason for not going further. */
    static void checkRange(MethodOption option, Optional<Integer> value, int max, String why) {
        if (value.isPresent() && (value.get() < 1 || value.get() > max)) {
            throw new IllegalArgumentException(option.label() + ": " + value.get() + " is not "
                    + (max == Integer.MAX_VALUE ? "1 or more" : "from 1 to " + max) + "; " + why);
        }
    }
}
