// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/BoundedStream.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error where a stream goes on for longer than it may, before a small archive of a huge content can fill memory or the disk. */
final class BoundedStream extends FilterInputStream {
    private final long limit;
    private final String name;
    private long taken;

    BoundedStream(InputStream in, long limit, String name) {
        super(in);
        this.limit = limit;
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long count = super.skip(bytes);
        count(count);
        return count;
    }

    @Override
    public boolean markSupported() {
        return false; // a reset would have to give back what was counted
    }

    private void count(long bytes) throws DownloadException {
        taken += bytes;
        if (taken > limit) {
            throw new DownloadException("unpack " + name + ": holds more than the " + limit
                    + " bytes that it may; it is not the official archive, and nothing was unpacked");
        }
    }
}
