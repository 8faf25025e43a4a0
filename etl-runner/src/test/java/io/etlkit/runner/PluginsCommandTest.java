package io.etlkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluginsCommandTest {
    @Test
    void saysWhatAnOptionDeclares() {
        assertThat(Etl.run("plugins", "memory").out()).startsWith("""
                        source memory: Hands out messages.

                          queue  (text, required)
                              Name of the queue.
                              Also written queueName and topic.
                              Example: logins

                          messages  (list of text, default [])
                              The messages.

                          pollSize  (whole number, between 1 and 1000, optional)
                              The most messages of one poll; has no effect.
                              Deprecated; use batch.maxRecords.
                              Since 0.2.
                        """);
    }

    @Test
    void theReferencePageSaysTheSame() {
        assertThat(Etl.run("plugins", "memory", "--format", "markdown").out()).startsWith("""
                        ## source `memory`

                        Hands out messages.

                        | option | type | default | |
                        |---|---|---|---|
                        | `queue` | text | required | Name of the queue. Also written queueName and topic. Example: `logins` |
                        | `messages` | list of text | `[]` | The messages. |
                        | `pollSize` | whole number, between 1 and 1000 | none | The most messages of one poll; has no effect. Deprecated; use batch.maxRecords. Since 0.2. |
                        """);
    }

    @Test
    void anUnknownPluginIsASuggestion() {
        Etl etl = Etl.run("plugins", "memry");
        assertThat(etl.exitCode()).isEqualTo(2);
        assertThat(etl.err()).contains("no plugin \"memry\" is installed; did you mean \"memory\"?");
    }
}
