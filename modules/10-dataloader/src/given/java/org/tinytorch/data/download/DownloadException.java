// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/DownloadException.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.IOException;

/** A data set could not be fetched, and trying again at once would not help; the message says why and what to do. */
public final class DownloadException extends IOException {
    private static final long serialVersionUID = 1L;

    DownloadException(String message) {
        super(message);
    }

    DownloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
