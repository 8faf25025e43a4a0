package io.etlkit.runner.internal.command;

import io.etlkit.api.StartupException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers the metrics of this process to Prometheus, at {@code /metrics}, from when it is opened until it is closed. */
final class MetricsEndpoint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsEndpoint.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final HTTPServer server;

    private MetricsEndpoint(InetSocketAddress address) throws IOException {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        server = HTTPServer.builder()
                .inetAddress(address.getAddress())
                .port(address.getPort())
                .registry(registry.getPrometheusRegistry())
                .buildAndStart();
        collector.bindTo(registry);
    }

    /**
     * Begins to listen.
     *
     * @throws StartupException when the address is another's, or none of this machine's
     */
    static MetricsEndpoint open(InetSocketAddress address) {
        try {
            MetricsEndpoint endpoint = new MetricsEndpoint(address);
            log.info("metrics are at http://{}/metrics", shown(address, endpoint.server.getPort()));
            return endpoint;
        } catch (IOException refused) {
            throw new StartupException("--metrics: " + shown(address, address.getPort()) + " can not be listened on: "
                    + refused.getMessage());
        }
    }

    private static String shown(InetSocketAddress address, int port) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** What the metrics are to be put in. */
    MeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        server.close();
        collector.close();
        registry.close();
    }
}
