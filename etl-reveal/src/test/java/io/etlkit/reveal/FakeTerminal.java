package io.etlkit.reveal;

import io.etlkit.reveal.internal.process.Terminal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A terminal at which somebody types what was written down beforehand, or nobody is. */
final class FakeTerminal implements Terminal {
    private final Deque<String> typed;
    private final List<String> prompts = new ArrayList<>();

    public FakeTerminal(String... typed) {
        this.typed = new ArrayDeque<>(List.of(typed));
    }

    /** What was asked. */
    public List<String> prompts() {
        return prompts;
    }

    @Override
    public Optional<char[]> passphrase(String prompt) {
        return line(prompt).map(String::toCharArray);
    }

    @Override
    public Optional<String> line(String prompt) {
        prompts.add(prompt);
        return Optional.ofNullable(typed.poll());
    }
}
