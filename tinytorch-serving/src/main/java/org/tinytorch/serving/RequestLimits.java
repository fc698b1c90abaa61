package org.tinytorch.serving;

import java.time.Duration;

/**
 * What a single request may take. Immutable; each method gives other limits.
 *
 * @param bodyBytes the largest body; a larger one is refused with status 413, without reading it to its end
 * @param imagePixels the most pixels of a PNG or JPEG; they are counted before anything is decoded
 * @param arrival how long head and body together may take to arrive from their first byte on; status 408, or a closed connection if there is no request yet
 * @param idle how long a connection may be silent: before a request, within one, and while a client does not read its answer
 * @param answer how long a classification may wait and compute, or a generation may wait for its turn; status 503
 */
public record RequestLimits(int bodyBytes, int imagePixels, Duration arrival, Duration idle, Duration answer) {
    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public RequestLimits {
        Ranges.atLeast("server: the largest body", bodyBytes, 1);
        Ranges.atLeast("server: the most pixels of an image", imagePixels, 1);
        Ranges.positive("server: the time for a request to arrive", arrival);
        Ranges.positive("server: the time a connection may be silent", idle);
        Ranges.positive("server: the time for an answer", answer);
    }

    /** Bodies of 1 MiB, images of 4 million pixels, 10 s to arrive, 30 s of silence, 30 s for an answer. */
    public static RequestLimits defaults() {
        return new RequestLimits(
                1 << 20, 4_000_000, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    /** The same with bodies of up to so many bytes. */
    public RequestLimits bodyBytes(int most) {
        return new RequestLimits(most, imagePixels, arrival, idle, answer);
    }

    /** The same with images of up to so many pixels. */
    public RequestLimits imagePixels(int most) {
        return new RequestLimits(bodyBytes, most, arrival, idle, answer);
    }

    /** The same with another time to arrive in. */
    public RequestLimits arrival(Duration most) {
        return new RequestLimits(bodyBytes, imagePixels, most, idle, answer);
    }

    /** The same with another time of silence. */
    public RequestLimits idle(Duration most) {
        return new RequestLimits(bodyBytes, imagePixels, arrival, most, answer);
    }

    /** The same with another time for an answer. */
    public RequestLimits answer(Duration most) {
        return new RequestLimits(bodyBytes, imagePixels, arrival, idle, most);
    }
}
