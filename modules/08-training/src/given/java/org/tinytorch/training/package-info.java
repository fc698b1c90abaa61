// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/package-info.java. Read it, don't edit it.
/**
 * Module 08: training, the loop that every model needs and nobody should write twice.
 *
 * <p>Adds {@link org.tinytorch.training.Trainer} over {@link org.tinytorch.training.Batch}es, {@link org.tinytorch.training.Metric}s,
 * {@link org.tinytorch.training.TrainingListener}s, {@link org.tinytorch.training.EarlyStopping}, {@link org.tinytorch.training.History}, and
 * {@link org.tinytorch.training.Checkpoint}s in the {@link org.tinytorch.training.SafeTensors} format, from which a run goes on as if it had never
 * stopped.
 *
 * <p>Needs modules 02 (tensor), 04 (nn), 05 (loss), 06 (optim) and 07 (autograd).
 */
package org.tinytorch.training;
