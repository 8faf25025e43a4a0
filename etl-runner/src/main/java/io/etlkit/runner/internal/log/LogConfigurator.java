package io.etlkit.runner.internal.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * Sets Logback up in code, which is quicker than a file: to standard error, as JSON lines when {@code ETL_LOG_FORMAT} is
 * {@code json}; our own loggers at {@code ETL_LOG_LEVEL} (default INFO), all others at WARN.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private final Map<String, String> environment;

    /** Reads this process's environment. */
    public LogConfigurator() {
        this(System.getenv());
    }

    LogConfigurator(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context));
        appender.start();
        context.getLogger("ROOT").setLevel(Level.WARN);
        context.getLogger("ROOT").addAppender(appender);
        context.getLogger("io.etlkit").setLevel(Level.toLevel(environment.get("ETL_LOG_LEVEL"), Level.INFO));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    Encoder<ILoggingEvent> encoder(LoggerContext context) {
        Encoder<ILoggingEvent> encoder = "json".equalsIgnoreCase(environment.get("ETL_LOG_FORMAT"))
                ? new JsonLogEncoder()
                : new TextLogEncoder();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
