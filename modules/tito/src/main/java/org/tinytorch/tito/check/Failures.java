package org.tinytorch.tito.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.tinytorch.tito.course.Skeleton;

/** Turns what a check threw into a few lines for a student. */
final class Failures {

    private static final Set<String> PLUMBING = Set.of("org.tinytorch.tito", "org.tinytorch.checks");

    private Failures() {}

    /** The message: that of an unwritten task if one is at the bottom of it, else that of the assertion, else kind and message. */
    static String describe(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        for (Throwable link : chain) {
            if (link instanceof UnsupportedOperationException && Skeleton.saysUnwritten(message(link))) {
                return message(link);
            }
        }
        if (thrown instanceof AssertionError) {
            return message(thrown);
        }
        if (thrown instanceof StackOverflowError) {
            return "the code calls itself without end (StackOverflowError)";
        }
        if (thrown instanceof OutOfMemoryError) {
            return "the code asks for more memory than the checks have: " + message(thrown);
        }
        StringBuilder text = new StringBuilder(summary(thrown));
        for (Throwable link : chain.subList(1, chain.size())) {
            text.append("\ncaused by ").append(summary(link));
        }
        return text.toString();
    }

    /** Why a check was left out. */
    static String leftOut(Throwable aborted) {
        return CheckOutcome.ABORTED + message(aborted).replaceFirst("^Assumption failed: ", "");
    }

    /** The innermost line of the student's code: {@code org/tinytorch/tensor/Shape.java:42}; empty if there is none. */
    static String where(StackTraceElement[] trace) {
        for (StackTraceElement frame : trace) {
            String name = frame.getClassName();
            boolean plumbing = PLUMBING.stream().anyMatch(prefix -> name.startsWith(prefix + "."));
            boolean check = name.contains("TasksTest");
            if (name.startsWith("org.tinytorch.") && !plumbing && !check) {
                String packagePath =
                        name.substring(0, name.lastIndexOf('.') + 1).replace('.', '/');
                return packagePath + frame.getFileName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }

    /** The innermost line of the student's code in what was thrown or in its causes. */
    static String where(Throwable thrown) {
        String where = "";
        for (Throwable link : chain(thrown)) {
            String deeper = where(link.getStackTrace());
            where = deeper.isEmpty() ? where : deeper;
        }
        return where;
    }

    private static String summary(Throwable thrown) {
        return thrown.getClass().getSimpleName() + (message(thrown).isEmpty() ? "" : ": " + message(thrown));
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "" : message.strip();
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable link = thrown; link != null && seen.add(link); link = link.getCause()) {
            chain.add(link);
        }
        return chain;
    }
}
