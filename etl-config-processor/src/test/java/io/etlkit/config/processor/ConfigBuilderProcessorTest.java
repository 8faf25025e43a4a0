package io.etlkit.config.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigBuilderProcessorTest {
    private static final String IMPORTS = """
            package test;

            import io.etlkit.api.config.*;
            import io.etlkit.api.value.*;
            import java.math.BigDecimal;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.*;

            """;

    private static final String QUEUE = IMPORTS + """
            public record Queue(
                    @Option(description = "Its \\"name\\", as <b>&</b> @here */ {@code}.", aliases = "queueName") String queue,
                    @Option(description = "Count.", min = "1") int count,
                    @Option(description = "Text.", defaultValue = "a\\"b") String text,
                    @Option(description = "Wait.", defaultValue = "5s", min = "1s", max = "20s") Duration waitTime,
                    @Option(description = "Method.", defaultValue = "aes-gcm") Method method,
                    @Option(description = "Size.", min = "10") Optional<Integer> size,
                    @Option(description = "Region.") Optional<String> each,
                    @Option(description = "Large.", defaultValue = "8388608", min = "1") long problems,
                    @Option(description = "Share.", defaultValue = "0.5", max = "1") double share,
                    @Option(description = "Exact.", defaultValue = "0.1") BigDecimal exact,
                    @Option(description = "Flag.", defaultValue = "true") boolean flag,
                    @Option(description = "Address.", defaultValue = "http://localhost:1") URI address,
                    @Option(description = "File.", defaultValue = "keys/pii.json") Path file,
                    @Option(description = "Field.", defaultValue = "a.b") FieldPath field,
                    @Option(description = "Fields.", defaultValue = "[a, 'b c']") List<String> fields,
                    @Option(description = "Ports.", defaultValue = "[]", max = "65535") List<Integer> ports,
                    @Option(description = "Types.", defaultValue = "{}") Map<String, String> types,
                    @Option(description = "Old.", deprecated = "size", since = "1.2") Optional<Secret> old,
                    @Option(description = "Nested.", defaultValue = "{}") Nested nested) {

                public enum Method { HMAC, AES_GCM }

                public record Nested(@Option(description = "Flag.", defaultValue = "false") boolean flag) {
                    public static QueueNestedBuilder builder() { return new QueueNestedBuilder(); }
                }

                public static QueueBuilder builder() { return new QueueBuilder(); }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void whatIsNotSetHasItsDefault() throws Exception {
        assertThat(run("Queue.builder().queue(\"q\").count(1).build().toString()"))
                .isEqualTo("Queue[queue=q, count=1, text=a\"b, waitTime=PT5S, method=AES_GCM, size=Optional.empty,"
                        + " each=Optional.empty, problems=8388608, share=0.5, exact=0.1, flag=true,"
                        + " address=http://localhost:1, file=keys/pii.json, field=a.b, fields=[a, b c], ports=[],"
                        + " types={}, old=Optional.empty, nested=Nested[flag=false]]");
    }

    @Test
    void settersTakeTheTypeOfTheOption() throws Exception {
        assertThat(run("""
                Queue.builder().queueName("q").count(2).text("t").waitTime(Duration.ofSeconds(20))
                        .method(Queue.Method.HMAC).size(10).each("r").problems(5_000_000_000L).share(1).flag(false)
                        .exact(BigDecimal.ONE).address(URI.create("a")).file(Path.of("f")).field(FieldPath.parse("x"))
                        .fields(List.of()).ports(List.of(80)).types(Map.of("a", "b")).old(Secret.of("s"))
                        .nested(Queue.Nested.builder().flag(true).build()).build().toString()
                """))
                .isEqualTo(
                        "Queue[queue=q, count=2, text=t, waitTime=PT20S, method=HMAC, size=Optional[10],"
                                + " each=Optional[r], problems=5000000000, share=1.0, exact=1, flag=false, address=a, file=f,"
                                + " field=x, fields=[], ports=[80], types={a=b}, old=Optional[Secret[***]], nested=Nested[flag=true]]");
    }

    @Test
    void emptyTextCountsAsAbsentAsInAFile() throws Exception {
        assertThat(run("Queue.builder().queue(\"q\").count(1).each(\"\").build().each().toString()"))
                .isEqualTo("Optional.empty");
    }

    @Test
    void everythingWrongIsReportedAtOnceByName() throws Exception {
        assertThat(run("""
                Queue.builder().waitTime(Duration.ofMillis(100)).size(9).share(1.5).ports(List.of(1, 65536)).build()
                """)).isEqualTo("""
                        IllegalArgumentException: queue: is missing: Its "name", as <b>&</b> @here */ {@code}.
                        count: is missing: Count.
                        waitTime: must be between 1s and 20s, and is 100ms
                        size: must be at least 10, and is 9
                        share: must be at most 1, and is 1.5
                        ports[1]: must be at most 65535, and is 65536""");
    }

    @Test
    void aListThatIsChangedLaterDoesNotChangeTheBuilder() throws Exception {
        assertThat(run(
                        "((java.util.function.Supplier<String>) () -> { List<Integer> ports = new ArrayList<>(List.of(1));"
                                + " QueueBuilder builder = Queue.builder().queue(\"q\").count(1).ports(ports); ports.add(2);"
                                + " return builder.build().ports().toString(); }).get()"))
                .isEqualTo("[1]");
    }

    @Test
    void aDeprecatedOptionIsDeprecatedInJavaToo() throws Exception {
        assertThat(Compilation.of(folder, "test.Queue", QUEUE).messages()).isEmpty();
        try (URLClassLoader classes = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, ConfigBuilderProcessorTest.class.getClassLoader())) {
            Class<?> builder = classes.loadClass("test.QueueBuilder");
            assertThat(builder.getMethod("old", io.etlkit.api.config.Secret.class)
                            .isAnnotationPresent(Deprecated.class))
                    .isTrue();
            assertThat(builder.getMethod("size", int.class).isAnnotationPresent(Deprecated.class))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            defaultValue = "x"|int|"x" is no value of int
            defaultValue = "1.5"|int|"1.5" is no value of int
            defaultValue = "5"|Duration|must be a duration with its unit, such as 50ms, 5s, 2m, 1h or 15d
            defaultValue = "yes"|boolean|"yes" is no value of boolean
            defaultValue = "fast"|Speed|"fast" is none of [SLOW, VERY_FAST]
            defaultValue = "a..b"|FieldPath|not a field's path: "a..b", at character 3: expected a field's name
            defaultValue = "0", min = "1"|int|0 is not at least 1
            defaultValue = "1m", max = "20s"|Duration|1m is not at most 20s
            defaultValue = "[a, b]"|List<Integer>|"a" is no value of int
            min = "1"|String|min and max are for numbers and durations
            min = "1"|Optional<Duration>|must be a duration with its unit, such as 50ms, 5s, 2m, 1h or 15d
            min = "2", max = "1"|int|2 is not at most 1
            """)
    void aWrongDeclarationIsACompileErrorAtTheOption(String attributes, String type, String message) {
        Compilation compilation = Compilation.of(folder, "test.Wrong", IMPORTS + """
                public record Wrong(
                        @Option(description = "First.") String first,
                        @Option(description = "Wrong.", %s) %s wrong) {
                    public enum Speed { SLOW, VERY_FAST }
                }
                """.formatted(attributes, type));
        assertThat(compilation.succeeded()).isFalse();
        assertThat(compilation.messages()).containsExactly("13: the option wrong: " + message);
    }

    @Test
    void twoOptionsWithOneNameAreACompileError() {
        Compilation compilation = Compilation.of(folder, "test.Wrong", IMPORTS + """
                public record Wrong(
                        @Option(description = "First.") String first,
                        @Option(description = "Second.", aliases = "first") String second) {}
                """);
        assertThat(compilation.messages()).containsExactly("11: two options have the name first");
    }

    /** What an expression gives as text, or what it throws. */
    private String run(String expression) throws Exception {
        Compilation compilation = Compilation.of(folder, "test.Queue", QUEUE);
        assertThat(compilation.messages()).isEmpty();
        Compilation use = Compilation.of(folder, "test.Use", IMPORTS + """
                @SuppressWarnings("deprecation")
                public class Use implements java.util.function.Supplier<Object> {
                    public Object get() {
                        return %s;
                    }
                }
                """.formatted(expression.strip()));
        assertThat(use.messages()).isEmpty();
        try (URLClassLoader classes = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, ConfigBuilderProcessorTest.class.getClassLoader())) {
            Object made = classes.loadClass("test.Use").getConstructor().newInstance();
            return String.valueOf(((Supplier<?>) made).get());
        } catch (IllegalArgumentException refused) {
            return "IllegalArgumentException: " + refused.getMessage();
        }
    }
}
