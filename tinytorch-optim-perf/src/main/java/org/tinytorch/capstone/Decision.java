package org.tinytorch.capstone;

/**
 * What became of a step.
 *
 * @param step its name
 * @param kept whether it stays
 * @param trial what was measured with it, on top of what had been kept
 * @param gain points that it won, or, if negative, lost
 * @param why in words
 */
public record Decision(String step, boolean kept, Trial trial, double gain, String why) {}
