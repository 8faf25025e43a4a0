package io.etlkit.runner.internal.plugin;

import io.etlkit.api.EtlPlugin;

/**
 * A plugin and where it comes from.
 *
 * @param plugin the plugin
 * @param origin its jar or folder, for messages
 */
record InstalledPlugin(EtlPlugin plugin, String origin) {}
