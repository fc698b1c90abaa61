package org.tinytorch.milestones.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/**
 * What a server is asked, made into bytes once and sent many times.
 *
 * @param method {@code GET} or {@code POST}
 * @param path with its leading slash
 * @param contentType of the body; nothing where there is none
 * @param body the bytes, not copied
 */
public record HttpRequest(String method, String path, String contentType, byte[] body) {
    /** Asks for what is there. */
    public static HttpRequest get(String path) {
        return new HttpRequest("GET", path, "", new byte[0]);
    }

    /** Sends something. */
    public static HttpRequest post(String path, String contentType, byte[] body) {
        return new HttpRequest("POST", path, contentType, body);
    }

    /** The whole message of RFC 9112, in one piece, so that it is sent with one system call. */
    byte[] bytes(Endpoint server) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + server + "\r\n"
                + (body.length == 0
                        ? "\r\n"
                        : "Content-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n\r\n");
        ByteArrayOutputStream message = new ByteArrayOutputStream(head.length() + body.length);
        message.writeBytes(head.getBytes(US_ASCII));
        message.writeBytes(body);
        return message.toByteArray();
    }
}
