package org.tinytorch.optim;

/** A number that steers an optimiser and may differ from one parameter group to the next. */
public enum Option {
    /** The size of a step, 0 or more. */
    LEARNING_RATE("lr", 0, Double.MAX_VALUE),
    /** How strongly weights are drawn towards 0, 0 or more. */
    WEIGHT_DECAY("weightDecay", 0, Double.MAX_VALUE),
    /** How much of the last step's velocity stays, 0 or more. */
    MOMENTUM("momentum", 0, Double.MAX_VALUE),
    /** How much of a new gradient is kept out of the velocity, from 0 to 1. */
    DAMPENING("dampening", 0, 1),
    /** How slowly Adam's average of gradients forgets, from 0 to below 1. */
    BETA1("beta1", 0, Math.nextDown(1.0)),
    /** How slowly Adam's average of squared gradients forgets, from 0 to below 1. */
    BETA2("beta2", 0, Math.nextDown(1.0)),
    /** How slowly RMSprop's average of squared gradients forgets, from 0 to 1. */
    ALPHA("alpha", 0, 1),
    /** What keeps a division from exploding, 0 or more. */
    EPSILON("epsilon", 0, Double.MAX_VALUE);

    private final String key;
    private final double lowest;
    private final double highest;

    Option(String key, double lowest, double highest) {
        this.key = key;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** Its name in a saved state, such as {@code lr}. */
    public String key() {
        return key;
    }

    /** Whether a value is in range; NaN never is. */
    boolean allows(double value) {
        return value >= lowest && value <= highest;
    }

    /** @throws IllegalArgumentException if the value is out of range */
    double check(double value) {
        if (!allows(value)) {
            throw new IllegalArgumentException(
                    "optimizer: " + key + " " + value + " is not possible; it must be " + range());
        }
        return value;
    }

    private String range() {
        if (highest == Double.MAX_VALUE) {
            return "finite and not negative";
        }
        return highest < 1 ? "from 0 to below 1" : "from 0 to 1";
    }
}
