package org.tinytorch.serving;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jetty.io.SelectorManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which connections were accepted, so that none is left open at the end. The HTTP library closes those that it has taken up; one that waits to be taken up while it stops can be forgotten, and that client would wait
 * for an answer for as long as it can. With Jetty 12.1.14 that was seen in one stop of five under load, on JDK 17 and 25.
 */
final class AcceptedConnections implements SelectorManager.AcceptListener {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedConnections.class);

    /** Those that are closed are forgotten when the next one is accepted. Held on to: one that nothing else refers to any more would never be closed. */
    private final Set<SelectableChannel> channels = new HashSet<>();

    private boolean closed;

    @Override
    public synchronized void onAccepting(SelectableChannel channel) {
        if (closed) {
            close(channel);
        } else {
            channels.removeIf(known -> !known.isOpen());
            channels.add(channel);
        }
    }

    /** Closes those that are still open, and whatever is accepted from now on. */
    synchronized void close() {
        closed = true;
        channels.forEach(AcceptedConnections::close);
        channels.clear();
    }

    private static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed in order", e);
        }
    }
}
