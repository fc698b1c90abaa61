// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/BatchResult.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.OptionalInt;

/**
 * What happened in one optimiser step.
 *
 * @param epoch counted from 1
 * @param batch batches seen in this epoch, this step's included
 * @param batches how many there will be, if that is known
 * @param step optimiser steps since training began, counted from 1 and over all epochs
 * @param samples the samples this step learned from
 * @param loss their average loss, before the step
 */
public record BatchResult(int epoch, int batch, OptionalInt batches, long step, int samples, double loss) {}
