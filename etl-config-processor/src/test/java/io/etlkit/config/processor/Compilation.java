package io.etlkit.config.processor;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** One run of javac with the processor, and every lint on. */
record Compilation(boolean succeeded, List<String> messages) {
    static Compilation of(Path folder, String name, String source) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaCompiler.CompilationTask task = javac.getTask(
                null,
                null,
                diagnostics,
                List.of(
                        "-d",
                        folder.toString(),
                        "-classpath",
                        System.getProperty("java.class.path") + java.io.File.pathSeparator + folder,
                        "-Xlint:all,-processing",
                        "-Xdoclint:all,-missing"),
                null,
                List.of(new Source(name, source)));
        task.setProcessors(List.of(new ConfigBuilderProcessor()));
        boolean succeeded = task.call();
        return new Compilation(
                succeeded,
                diagnostics.getDiagnostics().stream()
                        .filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
                        .map(each -> each.getLineNumber() + ": " + each.getMessage(null))
                        .toList());
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public String getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
