package io.etlkit.runner;

import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.keyset.NewKeyset;
import io.etlkit.transform.mask.token.RevealException;
import io.etlkit.transform.mask.token.Revealer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs that another jar brings, as far as the demo uses them. */
public final class TestVerbs implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new Keys(), new Reveal(System.in));
    }

    @Command(name = "keys", subcommands = Init.class)
    static final class Keys {}

    @Command(name = "init")
    static final class Init implements Callable<Integer> {
        @Parameters
        private Path file;

        @Option(names = "--insecure-plaintext", required = true)
        @SuppressWarnings("UnusedVariable")
        private boolean plaintext;

        @Override
        public Integer call() throws IOException {
            try (NewKeyset keyset = Keyset.create("pii")) {
                keyset.writePlaintext(file);
            }
            return 0;
        }
    }

    @Command(name = "reveal")
    static final class Reveal implements Callable<Integer> {
        private final InputStream input;

        @Spec
        private CommandSpec spec;

        @Option(names = "--keyset", required = true)
        private String keysetFile;

        @Option(names = "--domain", required = true)
        private String domain;

        @Option(names = "--reason", required = true)
        @SuppressWarnings("UnusedVariable")
        private String reason;

        Reveal(InputStream input) {
            this.input = input;
        }

        @Override
        public Integer call() throws IOException, RevealException {
            String token = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8)).readLine();
            try (Keyset keyset = Keyset.load(keysetFile, Path.of(""))) {
                spec.commandLine()
                        .getOut()
                        .println(Revealer.open(keyset).reveal(token, domain).value());
            }
            return 0;
        }
    }
}
