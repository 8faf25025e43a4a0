package io.etlkit.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/failures.md names is there, in whichever module. */
class FailuresPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** {@code `Class#method`}, and {@code `#method`} for another of the class that was named last. */
    private static final Pattern REFERENCE = Pattern.compile("`(\\w*)#(\\w+)`");

    private record Reference(String type, String method) {
        boolean isIn(List<Path> sources) {
            Pattern declared = Pattern.compile("\\bvoid " + method + "\\(");
            return sources.stream()
                    .filter(source -> source.getFileName().toString().equals(type + ".java"))
                    .anyMatch(source -> declared.matcher(read(source)).find());
        }
    }

    @Test
    void namesOnlyTestsThatAreThere() throws IOException {
        List<Reference> named = references(read(ROOT.resolve("docs/failures.md")));
        List<Path> sources = testSources();

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(named)
                .allSatisfy(reference ->
                        assertThat(reference.isIn(sources)).as("%s", reference).isTrue());
    }

    @Test
    void everyDrillIsOnThePage() throws IOException {
        List<Reference> named = references(read(ROOT.resolve("docs/failures.md")));
        List<Reference> drills = new ArrayList<>();
        for (Path source : testSources()) {
            if (source.getParent().endsWith("io/etlkit/drills") && !source.endsWith("FailuresPageTest.java")) {
                Matcher test = Pattern.compile("@Test\\s+void (\\w+)\\(").matcher(read(source));
                String type = source.getFileName().toString().replace(".java", "");
                test.results().forEach(found -> drills.add(new Reference(type, found.group(1))));
            }
        }

        assertThat(drills).isNotEmpty();
        assertThat(named).containsAll(drills);
    }

    @Test
    void aMisspeltNameIsFound() throws IOException {
        List<Path> sources = testSources();
        assertThat(references("`FailuresPageTest#aMisspeltNameIsFound`, `#aMispeltName`"))
                .containsExactly(
                        new Reference("FailuresPageTest", "aMisspeltNameIsFound"),
                        new Reference("FailuresPageTest", "aMispeltName"))
                .extracting(reference -> reference.isIn(sources))
                .containsExactly(true, false);
    }

    private static List<Reference> references(String page) {
        List<Reference> references = new ArrayList<>();
        String last = "";
        Matcher matcher = REFERENCE.matcher(page);
        while (matcher.find()) {
            last = matcher.group(1).isEmpty() ? last : matcher.group(1);
            if (!last.equals("Class")) {
                references.add(new Reference(last, matcher.group(2)));
            }
        }
        return references;
    }

    /** Of each module; not of what a build that goes on makes meanwhile. */
    private static List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path parent : List.of(ROOT, ROOT.resolve("examples"))) {
            try (Stream<Path> modules = Files.list(parent)) {
                for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                        .filter(Files::isDirectory)
                        .toList()) {
                    sources.addAll(testsIn(tests));
                }
            }
        }
        return sources;
    }

    private static List<Path> testsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
