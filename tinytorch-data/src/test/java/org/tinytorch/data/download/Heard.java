package org.tinytorch.data.download;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A listener that writes down what it hears. */
final class Heard implements DownloadListener {
    final List<String> events = new ArrayList<>();

    @Override
    public void alreadyThere(Path folder) {
        events.add("there " + folder.getFileName());
    }

    @Override
    public void receiving(RemoteFile file, long have) {
        events.add("from " + have);
    }

    @Override
    public void received(RemoteFile file, long have) {
        String last = events.get(events.size() - 1);
        if (last.startsWith("to ")) { // in how many pieces it comes is the network's affair
            events.remove(events.size() - 1);
        }
        events.add("to " + have);
    }

    @Override
    public void retrying(RemoteFile file, String reason, Duration pause) {
        events.add("again");
    }

    @Override
    public void verified(RemoteFile file) {
        events.add("verified " + file.name());
    }

    @Override
    public void unpacking(RemoteFile archive, String name) {
        events.add("unpacking " + name);
    }
}
