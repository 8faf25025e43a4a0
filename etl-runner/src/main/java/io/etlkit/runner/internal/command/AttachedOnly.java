package io.etlkit.runner.internal.command;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Lets {@code --until-idle} take its value after {@code =} only, so that it never takes the file for it. */
final class AttachedOnly implements IParameterPreprocessor {
    static final String DEFAULT_IDLE = "5s";

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's interface
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> information) {
        if (" ".equals(information.get("separator"))) {
            arguments.push(DEFAULT_IDLE);
        }
        return false;
    }
}
