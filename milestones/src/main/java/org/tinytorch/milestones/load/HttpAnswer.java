package org.tinytorch.milestones.load;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a server answered.
 *
 * @param status such as 200
 * @param body the bytes, not copied
 * @param keptAlive whether the server takes another request on the same connection
 */
record HttpAnswer(int status, byte[] body, boolean keptAlive) {
    static final int OK = 200;
    static final int TOO_MANY_REQUESTS = 429;

    String text() {
        return new String(body, UTF_8);
    }
}
