package io.etlkit.runner.internal.command;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code [HOST:]PORT} on the command line; without a host it is this machine's loopback address. */
final class ListenAddresses implements ITypeConverter<InetSocketAddress> {
    private static final int HIGHEST_PORT = 65535;

    @Override
    public InetSocketAddress convert(String text) {
        String loopback = InetAddress.getLoopbackAddress().getHostAddress();
        URI uri = parse(text.contains(":") ? text : loopback + ":" + text).orElseThrow(() -> invalid(text));
        boolean hasPort = uri.getHost() != null && uri.getPort() >= 0 && uri.getPort() <= HIGHEST_PORT;
        if (!hasPort || !uri.toString().equals("http://" + uri.getHost() + ":" + uri.getPort())) {
            throw invalid(text);
        }
        InetSocketAddress address = new InetSocketAddress(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort());
        if (address.isUnresolved()) {
            throw new TypeConversionException("there is no host \"" + uri.getHost() + "\"");
        }
        return address;
    }

    private static Optional<URI> parse(String authority) {
        try {
            return Optional.of(new URI("http://" + authority));
        } catch (URISyntaxException odd) {
            return Optional.empty();
        }
    }

    private static TypeConversionException invalid(String text) {
        return new TypeConversionException("must be [HOST:]PORT, as 9464 or 0.0.0.0:9464, and is \"" + text + "\"");
    }
}
