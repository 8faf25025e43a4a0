package io.etlkit.drills;

import io.etlkit.api.value.TextValue;
import io.etlkit.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Messages for the table of {@link LeakSite}, with canaries on each way that a message can fail. All of a message's canaries
 * are its own, so what is found says where it came from.
 */
final class Baits {
    /** More than JSON may be nested here. */
    private static final int TOO_DEEP = 600;

    private final List<Bait> baits = new ArrayList<>();
    private final List<Canary> ofNext = new ArrayList<>();
    private final UnaryOperator<String> envelope;

    private Baits(UnaryOperator<String> envelope) {
        this.envelope = envelope;
    }

    /** Messages as they are. */
    static List<Bait> plain() {
        return new Baits(UnaryOperator.identity()).all();
    }

    /** The same within notifications of SNS, and notifications that are broken themselves. */
    static List<Bait> notifications() {
        Baits baits = new Baits(Baits::notification);
        List<Bait> all = new ArrayList<>(baits.all());
        all.addAll(new Baits(UnaryOperator.identity()).brokenNotifications());
        return List.copyOf(all);
    }

    /** The same within events of EventBridge, where what is no object makes no event, and events that are broken themselves. */
    static List<Bait> events() {
        Baits baits = new Baits(Baits::event);
        baits.rows();
        baits.refusedByAStep();
        baits.refusedByTheSink();
        List<Bait> all = new ArrayList<>(baits.baits);
        all.addAll(new Baits(UnaryOperator.identity()).brokenEvents());
        return List.copyOf(all);
    }

    /** Ordinary messages. */
    static List<Bait> rows(int count) {
        Baits baits = new Baits(UnaryOperator.identity());
        for (int i = 0; i < count; i++) {
            baits.login("an ordinary one", Bait.ROW, name -> "");
        }
        return List.copyOf(baits.baits);
    }

    /** For a step that breaks its contract: what no engine can keep from being told. */
    static List<Bait> tattled() {
        Baits baits = new Baits(UnaryOperator.identity());
        baits.login("a step that quotes", TattlingPlugin.REASON, name -> field("tattle", "\"reject\""));
        baits.login("a step that logs", Bait.ROW, name -> field("tattle", "\"log\""));
        return List.copyOf(baits.baits);
    }

    /** For what ends the run. */
    static Bait fatal() {
        Baits baits = new Baits(UnaryOperator.identity());
        baits.login("a step that ends the run", "java.lang.AssertionError", name -> field("tattle", "\"error\""));
        return baits.baits.get(0);
    }

    private List<Bait> all() {
        rows();
        undecodable();
        refusedByAStep();
        refusedByTheSink();
        return List.copyOf(baits);
    }

    private void rows() {
        login("an ordinary one", Bait.ROW, name -> "");
        login("an IPv6 address", Bait.ROW, name -> field("ip", quoted(personal(Canary.ipv6(name)))));
        login("a mapped address", Bait.ROW, name -> field("ip", quoted(personal(Canary.mapped(name)))));
        login("an unexpected field's name", Bait.ROW, name -> field(word(name), "1"));
        login(
                "an unexpected nested value",
                Bait.ROW,
                name -> field("x", "[{\"" + word(name) + "\":" + text(name) + "}]"));
    }

    private void undecodable() {
        raw("a text that is no JSON", "malformed_json", this::word);
        raw("a JSON text", "not_an_object", this::text);
        raw("a list", "not_an_object", name -> "[" + text(name) + "]");
        raw("JSON that is cut off", "malformed_json", name -> "{\"device_id\":\"" + word(name));
        raw("a bare word in JSON", "malformed_json", name -> "{\"device_id\":" + word(name) + "}");
        raw("a bad escape", "malformed_json", name -> "{\"device_id\":\"" + word(name) + "\\q\"}");
        raw(
                "a bad number",
                "malformed_json",
                name -> "{\"device_id\":0" + add(Canary.number(name)).text() + "}");
        raw("JSON that is nested too deep", "malformed_json", name -> {
            String levels = "[".repeat(TOO_DEEP) + text(name) + "]".repeat(TOO_DEEP);
            return "{\"device_id\":" + text(name) + ",\"x\":" + levels + "}";
        });
        raw("two of a name", "duplicate_field", name -> "{\"%1$s\":1,\"%1$s\":2}".formatted(word(name)));
        raw(
                "a pointer to S3",
                "s3_pointer",
                name -> "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":%s,\"s3Key\":%s}]"
                        .formatted(text(name), text(name)));
    }

    private void refusedByAStep() {
        raw("a missing field", "missing_field", name -> "{\"user_id\":" + text(name) + "}");
        login("an address that is none", "invalid_ip", name -> field("ip", personalText(name)));
        login("a number as device", "wrong_type", name -> field("device_id", personal(Canary.number(name))));
        login("an object as device", "not_a_scalar", name -> field("device_id", "{\"id\":" + personalText(name) + "}"));
        login(
                "half a character to mask",
                "invalid_text",
                name -> field("device_id", quoted(personal(Canary.word(name)) + "\\ud800")));
        login("an expression that fails", "expression_failed", name -> field("born", text(name)));
        login("a cast that fails", "not_castable", name -> field("age", text(name)));
        login("a step that quotes", TattlingPlugin.REASON, name -> field("tattle", "\"reject\""));
        login("a step that throws", "transform_failed", name -> field("blurt", text(name)));
        login("a device elsewhere", "pii_leak", name -> {
            String device = personalText(name);
            return field("device_id", device) + field("locale", device);
        });
        login("an address within a text", "pii_leak", name -> {
            String address = personal(Canary.ipv4(name));
            return field("ip", quoted(address)) + field("locale", quoted("from " + address));
        });
    }

    private void refusedByTheSink() {
        login("a NUL", "nul_character", name -> field("user_id", quoted(word(name) + "\\u0000")));
        login("half a character", "lone_surrogate", name -> field("user_id", quoted("\\ud83d" + word(name))));
        login(
                "too long a text",
                "too_long",
                name -> field("user_id", quoted(word(name).repeat(10))));
        login("an object for a text", "wrong_type", name -> field("locale", "{\"a\":" + text(name) + "}"));
        login("a check", "check_violation", name -> field("user_id", quoted("check-" + word(name))));
        login("a reference to nobody", "foreign_key_violation", name -> field("referrer", text(name)));
        login("a trigger that raises", "raise_exception", name -> field("user_id", quoted("raise-" + word(name))));
        login("a type that the server reads", "invalid_text_representation", name -> field("origin", text(name)));
        login(LeakSite.TAKEN, "unique_violation", name -> field("user_id", quoted(LeakSite.TAKEN + "-" + word(name))));
    }

    private List<Bait> brokenNotifications() {
        raw("no notification", "not_an_envelope", name -> "{\"device_id\":" + text(name) + "}");
        raw("no JSON", "malformed_json", this::word);
        raw(
                "a notification without a message",
                "not_an_envelope",
                name -> "{\"Type\":\"Notification\",\"MessageId\":%s,\"TopicArn\":%s,\"Subject\":%s}"
                        .formatted(text(name), text(name), text(name)));
        raw(
                "a notification of a number",
                "not_an_envelope",
                name -> "{\"Type\":\"Notification\",\"MessageId\":\"1\",\"TopicArn\":\"t\",\"Message\":"
                        + add(Canary.number(name)).text() + "}");
        raw(
                "a notification with odd attributes",
                "not_castable",
                name ->
                        "{\"Type\":\"Notification\",\"MessageId\":%s,\"TopicArn\":%s,\"Subject\":%s,\"MessageAttributes\":{\"%s\":{\"Type\":\"String\",\"Value\":%s}},\"Message\":%s}"
                                .formatted(
                                        text(name),
                                        text(name),
                                        text(name),
                                        word(name),
                                        text(name),
                                        quotedText("{\"age\":" + text(name) + "}")));
        return List.copyOf(baits);
    }

    private List<Bait> brokenEvents() {
        raw("no event", "not_an_envelope", name -> "{\"device_id\":" + text(name) + "}");
        raw("no JSON", "malformed_json", this::word);
        raw(
                "an event of a text",
                "not_an_envelope",
                name -> "{\"version\":\"0\",\"id\":%s,\"detail-type\":%s,\"source\":%s,\"detail\":%s}"
                        .formatted(text(name), text(name), text(name), text(name)));
        raw(
                "an event with odd fields",
                "not_castable",
                name ->
                        "{\"version\":%s,\"id\":%s,\"detail-type\":%s,\"source\":%s,\"account\":%s,\"region\":%s,\"time\":%s,\"resources\":[%s],\"%s\":%s,\"detail\":{\"age\":%s}}"
                                .formatted(
                                        text(name),
                                        text(name),
                                        text(name),
                                        text(name),
                                        text(name),
                                        text(name),
                                        text(name),
                                        text(name),
                                        word(name),
                                        text(name),
                                        text(name)));
        return List.copyOf(baits);
    }

    /** A login; {@code more} gives fields that come in addition to the ordinary ones, or in their place. */
    private void login(String name, String becomes, Function<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("user_id", quoted("user-" + baits.size()));
        fields.put("app_version", quoted("2.3.0"));
        fields.put("device_type", quoted("android"));
        fields.put("ip", quoted(personal(Canary.ipv4(name))));
        fields.put("locale", "null");
        fields.put("device_id", personalText(name));
        StringBuilder body = new StringBuilder("{");
        String others = more.apply(name);
        fields.forEach((field, value) -> {
            if (!others.contains(field(field, ""))) {
                body.append(field(field, value).substring(1)).append(',');
            }
        });
        body.append(others.isEmpty() ? "" : others.substring(1));
        String text = others.isEmpty() ? body.substring(0, body.length() - 1) : body.toString();
        send(name, becomes, text + "}");
    }

    private void raw(String name, String becomes, Function<String, String> body) {
        send(name, becomes, body.apply(name));
    }

    private void send(String name, String becomes, String body) {
        Map<String, String> attributes = Map.of("a" + word(name), word(name));
        String group = word(name);
        baits.add(new Bait(name, envelope.apply(body), attributes, group, becomes, List.copyOf(ofNext)));
        ofNext.clear();
    }

    private Canary add(Canary canary) {
        ofNext.add(canary);
        return canary;
    }

    private String word(String name) {
        return add(Canary.word(name)).text();
    }

    private String text(String name) {
        return quoted(word(name));
    }

    private String personal(Canary canary) {
        return add(canary.inAPersonalField()).text();
    }

    private String personalText(String name) {
        return quoted(personal(Canary.word(name)));
    }

    private static String field(String name, String value) {
        return ",\"" + name + "\":" + value;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String quotedText(String text) {
        return JsonWriter.write(new TextValue(text));
    }

    private static String notification(String message) {
        return "{\"Type\":\"Notification\",\"MessageId\":\"1\",\"TopicArn\":\"arn:aws:sns:us-east-1:1:logins\",\"Message\":"
                + quotedText(message) + "}";
    }

    private static String event(String message) {
        return "{\"version\":\"0\",\"id\":\"1\",\"detail-type\":\"login\",\"source\":\"app\",\"detail\":" + message
                + "}";
    }
}
