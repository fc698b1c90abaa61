// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Switch.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/** A system property that turns something off. */
final class Switch {
    private Switch() {}

    /**
     * Whether it is on, as it is if the property is not set.
     *
     * @throws IllegalArgumentException if the property is neither true nor false
     */
    static boolean on(String property) {
        String value = System.getProperty(property, "true").strip();
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(
                    "-D" + property + "=" + value + " is neither true nor false; leave it out for true");
        }
        return value.equals("true");
    }
}
