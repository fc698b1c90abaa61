package org.tinytorch.tito.check;

import java.io.PrintStream;

/** Where the worker's messages leave; whole lines only, whichever thread sends them. */
final class Outbox {

    private final String secret;
    private final PrintStream pipe;

    Outbox(String secret, PrintStream pipe) {
        this.secret = secret;
        this.pipe = pipe;
    }

    synchronized void send(Message message) {
        // The line end before it: a student may have printed half a line past the capture.
        pipe.print("\n" + message.encode(secret) + "\n");
        pipe.flush();
    }
}
