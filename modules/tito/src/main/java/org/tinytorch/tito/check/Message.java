package org.tinytorch.tito.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One line between tito and its worker: a secret that a student's stray output does not start with, a kind, and fields, each in Base64.
 *
 * @param kind what the line says
 * @param fields its details
 */
record Message(Kind kind, List<String> fields) {

    /** What a line can say. */
    enum Kind {
        /** To the worker: class path, test classes, tasks, seconds for a check; lists joined by line ends. */
        RUN,
        /** The worker has loaded its libraries and waits. */
        READY,
        /** A check is planned: its id, its task, its name. */
        PLANNED,
        /** A check starts: its id, its task, its name. */
        STARTED,
        /** A check or a group of checks ended: its id, its task, its name, an empty text or the failure, where, output. */
        FINISHED,
        /** All checks of a task came to their end: the task. */
        TASK_ENDED,
        /** A check takes too long: its id, where it is. */
        TIMEOUT,
        /** Code asked the JVM to exit during a check: its id, where. */
        EXIT,
        /** The run broke off: why. */
        BROKEN,
        /** The run came to its end: the completion record. */
        DONE
    }

    Message {
        fields = List.copyOf(fields);
    }

    Message(Kind kind, String... fields) {
        this(kind, List.of(fields));
    }

    String field(int index) {
        return fields.get(index);
    }

    String encode(String secret) {
        StringBuilder line = new StringBuilder(secret).append(' ').append(kind);
        for (String field : fields) {
            line.append(' ')
                    .append('=')
                    .append(Base64.getEncoder().encodeToString(field.getBytes(StandardCharsets.UTF_8)));
        }
        return line.toString();
    }

    static Optional<Message> decode(String secret, String line) {
        if (!line.startsWith(secret + " ")) {
            return Optional.empty();
        }
        String[] parts = line.substring(secret.length() + 1).split(" ");
        List<String> fields = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            fields.add(new String(Base64.getDecoder().decode(parts[i].substring(1)), StandardCharsets.UTF_8));
        }
        return Optional.of(new Message(Kind.valueOf(parts[0]), fields));
    }
}
