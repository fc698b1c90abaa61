package org.tinytorch.testing;

/**
 * A call that must be refused.
 *
 * @param type the exact exception
 * @param message a part of its message: the name of the operation, the shapes, what to do
 * @param attempt the call
 */
public record InvalidInput(Class<? extends RuntimeException> type, String message, Runnable attempt) {
    @Override
    public String toString() {
        return message;
    }
}
