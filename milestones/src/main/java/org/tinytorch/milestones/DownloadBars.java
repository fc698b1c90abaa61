package org.tinytorch.milestones;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.tinytorch.data.download.RemoteFile;

/** Shows a download as bars on a terminal, one for each file, with speed and time to come. */
final class DownloadBars extends DownloadLines {
    /** Fits the narrowest usual terminal, where a longer line would not be overwritten but repeated. */
    private static final int WIDTH = 79;

    private static final long MEGABYTE = 1_000_000;
    private static final int UPDATE_MILLIS = 200;

    private final PrintWriter out;
    private Optional<ProgressBar> bar = Optional.empty();

    DownloadBars(PrintWriter out) {
        super(out);
        this.out = out;
    }

    @Override
    public void receiving(RemoteFile file, long have) {
        close();
        boolean large = file.bytes() >= MEGABYTE;
        bar = Optional.of(new ProgressBarBuilder()
                .setTaskName(file.name())
                .setInitialMax(file.bytes())
                .startsFrom(have, Duration.ZERO)
                .setUnit(large ? "MB" : "kB", large ? MEGABYTE : 1_000)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setMaxRenderedLength(WIDTH)
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
                .build());
    }

    private void draw(String text) {
        out.print("\r" + text);
        out.flush();
    }

    @Override
    public void received(RemoteFile file, long have) {
        bar.ifPresent(shown -> shown.stepTo(have));
    }

    @Override
    void say(String line) {
        close();
        super.say(line);
    }

    @Override
    public void close() {
        if (bar.isPresent()) {
            bar.get().close(); // draws once more
            out.println();
            out.flush();
            bar = Optional.empty();
        }
    }
}
