package org.tinytorch.tito.check;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first few kilobytes of what a check prints. */
final class CappedOutput extends OutputStream {

    private static final int LIMIT = 4096;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long dropped;

    @Override
    public synchronized void write(int b) {
        if (kept.size() < LIMIT) {
            kept.write(b);
        } else {
            dropped++;
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int fits = Math.min(length, LIMIT - kept.size());
        kept.write(bytes, offset, fits);
        dropped += length - fits;
    }

    /** What was printed since the last call. */
    synchronized String take() {
        String text = kept.toString(StandardCharsets.UTF_8);
        if (dropped > 0) {
            text += "\n… and " + dropped + " bytes more";
        }
        kept.reset();
        dropped = 0;
        return text;
    }
}
