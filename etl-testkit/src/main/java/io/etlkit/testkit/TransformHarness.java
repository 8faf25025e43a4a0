package io.etlkit.testkit;

import io.etlkit.api.EtlRecord;
import io.etlkit.api.FieldEffects;
import io.etlkit.api.PluginContext;
import io.etlkit.api.RejectedException;
import io.etlkit.api.Rejection;
import io.etlkit.api.Transform;
import io.etlkit.api.TransformFactory;
import io.etlkit.json.JsonWriter;
import java.util.List;

/**
 * Runs one transform over JSON, as the engine would, and checks on the way what every transform owes: that what it returns
 * keeps the delivery and the key, and that it changes the fields that its factory declares and no others. Used by one
 * thread at a time.
 */
public final class TransformHarness implements AutoCloseable {
    private final Transform transform;
    private final FieldEffects effects;

    private TransformHarness(Transform transform, FieldEffects effects) {
        this.transform = transform;
        this.effects = effects;
    }

    /** A transform so configured, in {@link TestContext#defaults()}. */
    public static <C extends Record> TransformHarness of(TransformFactory<C> factory, C config) {
        return of(factory, config, TestContext.defaults());
    }

    /** A transform so configured, in a context of the test's own. */
    public static <C extends Record> TransformHarness of(TransformFactory<C> factory, C config, PluginContext context) {
        return new TransformHarness(factory.create(config, context), factory.fields(config));
    }

    /** What becomes of one body: the bodies that come out, as JSON text. */
    public List<String> apply(String body) {
        return apply(TestRecords.json("message-1", body)).stream()
                .map(record -> JsonWriter.write(record.body()))
                .toList();
    }

    /** What becomes of one record. */
    public List<EtlRecord> apply(EtlRecord record) {
        List<EtlRecord> results = transform.apply(record);
        for (EtlRecord result : results) {
            if (!result.delivery().equals(record.delivery()) || !result.key().equals(record.key())) {
                throw new AssertionError("a transform must keep a record's delivery and key: use record.withBody(..)");
            }
            DeclaredEffects.check(effects, record.body(), result.body());
        }
        return results;
    }

    /** Why a body is rejected; fails when it is not. */
    public Rejection rejectionOf(String body) {
        try {
            List<String> results = apply(body);
            throw new AssertionError("expected a rejection, but " + results.size() + " records came out");
        } catch (RejectedException rejected) {
            return rejected.rejection();
        }
    }

    @Override
    public void close() {
        transform.close();
    }
}
