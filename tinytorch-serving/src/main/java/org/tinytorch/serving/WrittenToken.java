package org.tinytorch.serving;

/**
 * A token that was drawn.
 *
 * @param text what is certain of the text by now, and was not before; empty while half a character or a possible stop is held back
 * @param id of the token
 * @param attention the weights of the places that it was drawn from, the newest last; empty if nobody asked
 */
record WrittenToken(String text, int id, double[] attention) {}
