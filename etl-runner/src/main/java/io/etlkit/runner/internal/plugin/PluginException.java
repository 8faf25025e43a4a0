package io.etlkit.runner.internal.plugin;

/** The installed plugins can not be used; the message says which and what to do. */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public PluginException(String message) {
        super(message);
    }
}
