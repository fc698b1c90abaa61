package org.tinytorch.tito.check;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines and throws away what is too long for a line, so that output by the megabyte does not fill the memory. */
final class LineReader {

    private static final int LONGEST = 1 << 20;

    private final InputStream in;

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next line, cut off after a megabyte; empty at the end of the stream. */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        while (b >= 0 && b != '\n') {
            if (line.size() < LONGEST && b != '\r') {
                line.write(b);
            }
            b = in.read();
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}
