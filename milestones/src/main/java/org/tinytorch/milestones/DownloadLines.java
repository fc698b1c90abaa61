package org.tinytorch.milestones;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.tinytorch.data.download.DownloadListener;
import org.tinytorch.data.download.RemoteFile;

/** Shows a download as plain lines, one for each tenth of a file: for logs, pipes and terminals that can do no more. */
class DownloadLines implements DownloadListener, AutoCloseable {
    private final PrintWriter out;
    private long tenths;

    DownloadLines(PrintWriter out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void alreadyThere(Path folder) {
        say("Nothing to do: all of it is there and right.");
    }

    @Override
    public void receiving(RemoteFile file, long have) {
        String from = have == 0 ? "" : String.format(Locale.ROOT, ", going on after %,d", have);
        say(String.format(Locale.ROOT, "%s: %,d bytes%s", file.name(), file.bytes(), from));
        tenths = tenths(file, have);
    }

    @Override
    public void received(RemoteFile file, long have) {
        long now = tenths(file, have);
        if (now > tenths) {
            tenths = now;
            say(String.format(Locale.ROOT, "  %d %%", 10 * now));
        }
    }

    private static long tenths(RemoteFile file, long have) {
        return (long) (10.0 * have / file.bytes());
    }

    @Override
    public void retrying(RemoteFile file, String reason, Duration pause) {
        say(String.format(Locale.ROOT, "  %s; trying again in %.0f s", reason, pause.toMillis() / 1000.0));
    }

    @Override
    public void verified(RemoteFile file) {
        say("  " + file.name() + ": the checksum is right");
    }

    @Override
    public void unpacking(RemoteFile archive, String name) {
        say("  unpacking " + name);
    }

    /** Ends what is half shown. */
    @Override
    public void close() {}
}
