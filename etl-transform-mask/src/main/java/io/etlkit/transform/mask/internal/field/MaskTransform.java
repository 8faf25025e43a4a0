package io.etlkit.transform.mask.internal.field;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Transform;
import io.etlkit.api.value.FieldPath.Segment;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.transform.mask.MaskConfig;
import io.etlkit.transform.mask.MaskField;
import io.etlkit.transform.mask.internal.method.MaskingMethods;
import io.etlkit.transform.mask.keyset.Keyset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Masks the fields of a record; one that can not be masked as configured rejects the record. */
public final class MaskTransform implements Transform {
    private final Optional<Keyset> keyset;
    private final List<ObjectMasker> holders;

    /** Takes the keyset, and closes it in the end. */
    public MaskTransform(MaskConfig config, Optional<Keyset> keyset) {
        this(holders(config, keyset), keyset);
    }

    public MaskTransform(List<ObjectMasker> holders, Optional<Keyset> keyset) {
        this.keyset = keyset;
        this.holders = holders;
    }

    private static List<ObjectMasker> holders(MaskConfig config, Optional<Keyset> keyset) {
        List<ObjectMasker> holders = new ArrayList<>();
        Map<List<Segment>, List<FieldMasker>> inside = new LinkedHashMap<>();
        for (MaskField field : config.columns()) {
            FieldMasker masker =
                    new FieldMasker(field, MaskingMethods.find(field.method()).masker(field, keyset));
            FieldPlace place = FieldPlace.of(field.path());
            if (place.inside().isPresent()) {
                inside.computeIfAbsent(place.holder(), holder -> new ArrayList<>())
                        .add(masker);
            } else {
                holders.add(new ObjectMasker(place.holder(), true, List.of(masker)));
            }
        }
        inside.forEach((holder, fields) -> holders.add(new ObjectMasker(holder, false, List.copyOf(fields))));
        return List.copyOf(holders);
    }

    @Override
    public List<EtlRecord> apply(EtlRecord record) {
        if (!(record.body() instanceof ObjectValue)) {
            throw new RejectedException(
                    "not_an_object",
                    "the body has to be an object, and is "
                            + record.body().kind().label());
        }
        Value body = record.body();
        for (ObjectMasker holder : holders) {
            body = holder.apply(body);
        }
        return List.of(record.withBody(body));
    }

    @Override
    public void close() {
        keyset.ifPresent(Keyset::close);
    }
}
