// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/FileDownload.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/** Fetches one file of a data set, in as many connections as it takes and as patience allows. */
final class FileDownload implements AutoCloseable {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

    /** Answers of servers that are busy or half broken: Request Timeout, Too Early, Too Many Requests, and the gateways' own. */
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 425, 429, 500, 502, 503, 504);

    private final RemoteDataset dataset;
    private final RemoteFile file;
    private final URI address;
    private final Path directory;
    private final PartFile part;
    private final HttpSource source;
    private final Patience patience;
    private final DownloadListener listener;

    /** Over how many connections the bytes in the part have come. */
    private int contributions;

    /** Whether any server has answered: then a failing network is one that comes and goes. */
    private boolean answered;

    FileDownload(
            RemoteDataset dataset,
            RemoteFile file,
            Path directory,
            HttpSource source,
            Patience patience,
            DownloadListener listener) {
        this.dataset = dataset;
        this.file = file;
        this.address = dataset.addressOf(file);
        this.directory = directory;
        this.part = new PartFile(directory, file.name());
        this.source = source;
        this.patience = patience;
        this.listener = listener;
    }

    /** Fetches what is missing and checks it; only then the file has its own name. */
    void run() throws IOException, InterruptedException {
        if (part.size() > file.bytes()) {
            part.discard(); // of another file: no server can continue it
        }
        contributions = part.size() > 0 ? 2 : 0; // what earlier runs have left may be of several
        transfer();
        Checksum found = file.checksum().of(part.path());
        if (!found.equals(file.checksum()) && contributions > 1) {
            // Its pieces may be of different versions of the file. Once more, in one piece if the network allows.
            retry("the pieces do not add up to " + file.checksum(), 1);
            part.discard();
            contributions = 0;
            transfer();
            found = file.checksum().of(part.path());
        }
        if (!found.equals(file.checksum())) {
            part.discard();
            throw new DownloadException(problem("all " + file.bytes() + " bytes came, but they are not the official"
                    + " file: expected " + file.checksum() + ", found " + found
                    + ". Nothing was kept; try again, or use a mirror (--url)"));
        }
        part.publish();
        listener.verified(file);
    }

    private void transfer() throws IOException, InterruptedException {
        for (int attempt = 1; part.size() < file.bytes(); attempt++) {
            try {
                receive();
                if (part.size() < file.bytes()) {
                    throw new EOFException("the connection ended before the file did");
                }
            } catch (DownloadException e) {
                throw e;
            } catch (IOException e) {
                if (attempt == patience.attempts() || (!answered && isHopeless(e))) {
                    throw givenUp(e, attempt);
                }
                retry(reason(e), attempt);
            }
        }
    }

    private void retry(String reason, int attempt) throws InterruptedException {
        Duration pause = patience.pauseAfter(attempt);
        listener.retrying(file, reason, pause);
        Thread.sleep(pause.toMillis());
    }

    /** One connection. */
    private void receive() throws IOException, InterruptedException {
        long asked = part.size();
        try (HttpSource.Answer answer = source.open(address, asked, part.validator(address))) {
            answered = true;
            long have = firstByte(answer, asked);
            part.begin(have, address, answer.validator());
            if (have == 0) {
                contributions = 0;
            }
            listener.receiving(file, have);
            boolean counted = false;
            for (Optional<List<ByteBuffer>> piece = answer.body().next();
                    piece.isPresent();
                    piece = answer.body().next()) {
                for (ByteBuffer bytes : piece.get()) {
                    have += bytes.remaining();
                    if (have > file.bytes()) {
                        part.discard();
                        throw otherSize("sends more");
                    }
                    part.append(bytes);
                }
                contributions += counted ? 0 : 1;
                counted = true;
                listener.received(file, have);
            }
        }
    }

    /** Where the answer's bytes belong. */
    private long firstByte(HttpSource.Answer answer, long asked) throws IOException {
        int status = answer.status();
        if (status == 200) { // all of it: the server cannot go on, or has another version
            Optional<String> length = answer.header("Content-Length");
            if (length.isPresent() && !length.get().strip().equals(Long.toString(file.bytes()))) {
                throw otherSize("has " + length.get().strip());
            }
            if (answer.header("Content-Type").orElse("").startsWith("text/html")) {
                throw new DownloadException(
                        problem("the server sends a web page and not the file, as networks do that want"
                                + " a login; log in, or use a mirror (--url)"));
            }
            return 0;
        }
        if (status == 206 && asked > 0) {
            Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse(""));
            if (range.matches() && Long.parseLong(range.group(1)) == asked) {
                if (!range.group(2).equals("*") && Long.parseLong(range.group(2)) != file.bytes()) {
                    throw otherSize("has " + range.group(2));
                }
                return asked;
            }
            part.discard();
            throw new IOException("the server answered with another range than was asked for");
        }
        if (status == 416) {
            part.discard();
            throw new IOException("the server's file ends before byte " + asked + ", beginning anew");
        }
        if (WORTH_ANOTHER_TRY.contains(status)) {
            throw new IOException("the server answered " + status);
        }
        if (status >= 300 && status < 400) {
            throw new DownloadException(problem("the server answered " + status + ", which leads to "
                    + answer.header("Location").orElse("nowhere")
                    + "; from https to http it is not followed. Use a mirror (--url)"));
        }
        throw new DownloadException(problem("the server answered " + status
                + "; is that where the file is? Use a mirror" + " that has it (--url)"));
    }

    private DownloadException otherSize(String what) {
        return new DownloadException(problem("the server " + what + " bytes, but the official file has exactly "
                + file.bytes() + "; is that where the file is? Use a mirror that has it (--url)"));
    }

    private DownloadException givenUp(IOException e, int attempt) throws DownloadException {
        long have = part.size();
        String kept = have == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " %,d of %,d bytes are kept in %s; start the download again to go on from there.",
                        have,
                        file.bytes(),
                        part.path());
        return new DownloadException(
                problem(reason(e) + (attempt == 1 ? "." : " (attempt " + attempt + ", the last one).") + kept), e);
    }

    private String problem(String what) {
        return dataset.name() + ": " + address + ": " + what + (what.endsWith(".") ? "" : ".") + "\n"
                + dataset.byHand(directory);
    }

    /** No network, no such host, nobody there, or somebody in between: the next second will not be different. */
    private static boolean isHopeless(IOException e) {
        return e instanceof ConnectException
                || e instanceof HttpConnectTimeoutException
                || e instanceof SSLHandshakeException;
    }

    private static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host is not known";
            }
        }
        if (e instanceof ConnectException) {
            return "no connection" + (e.getMessage() == null ? "" : ": " + e.getMessage());
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() throws IOException {
        part.close();
    }
}
