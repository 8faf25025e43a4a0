package io.etlkit.drills;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Messages to send in a drill: user logins, each with its own user, and some that the pipeline rejects. Their personal values
 * are easy to search for.
 *
 * @param good the users whose logins are to become rows
 * @param bad how many messages are to become dead letters
 * @param messages all of them, in the order to send them in
 */
record Logins(List<String> good, int bad, List<String> messages) {
    /** Part of each personal value: an address range that nobody owns (RFC 5737), and a word. */
    static final List<String> PERSONAL = List.of("203.0.113.", "device-of-");

    /** Logins that become rows. */
    static Logins good(int count) {
        return withBad(count, 0);
    }

    /** Logins that become rows, and after them messages without an address. */
    static Logins withBad(int count, int bad) {
        List<String> users =
                IntStream.range(0, count).mapToObj(i -> user("user", i)).toList();
        List<String> messages = new ArrayList<>();
        users.forEach(user -> messages.add(login(user, ",\"ip\":\"203.0.113." + messages.size() % 256 + "\"")));
        IntStream.range(0, bad).forEach(i -> messages.add(login(user("misfit", i), "")));
        return new Logins(users, bad, List.copyOf(messages));
    }

    /** Logins of other users, for a second sending. */
    static Logins more(String kind, int count) {
        Logins logins = good(count);
        return new Logins(
                logins.good().stream().map(user -> user.replace("user", kind)).toList(),
                0,
                logins.messages().stream()
                        .map(message -> message.replace("\"user_id\":\"user", "\"user_id\":\"" + kind))
                        .toList());
    }

    /** The user of the first one: when its name passes by, a row is on its way. */
    String aUser() {
        return good.get(0);
    }

    /** The same in another order, which depends on the seed only. */
    Logins shuffled(long seed) {
        List<String> others = new ArrayList<>(messages);
        Collections.shuffle(others, new Random(seed));
        return new Logins(good, bad, List.copyOf(others));
    }

    /** These and others together. */
    Logins and(Logins others) {
        List<String> users = new ArrayList<>(good);
        users.addAll(others.good());
        List<String> all = new ArrayList<>(messages);
        all.addAll(others.messages());
        return new Logins(List.copyOf(users), bad + others.bad(), List.copyOf(all));
    }

    /** All of one width, so that no user's name contains another's: proxies search for it. */
    private static String user(String kind, int number) {
        return "%s-%05d".formatted(kind, number);
    }

    private static String login(String user, String address) {
        return "{\"user_id\":\"%s\",\"app_version\":\"2.3.0\",\"device_type\":\"android\"%s,\"locale\":null,\"device_id\":\"device-of-%s\"}"
                .formatted(user, address, user);
    }
}
