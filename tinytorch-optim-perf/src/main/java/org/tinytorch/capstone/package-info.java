/**
 * Module 20: the capstone, a trained model made better by a plan: measure first, change one thing at a time, keep what pays, undo what does not, and say in the end what each change is worth.
 *
 * <p>Who has a {@link org.tinytorch.capstone.Project} brings a trained model, a way to judge it, a piece of work to time, {@link org.tinytorch.capstone.Step steps} to try, {@link org.tinytorch.capstone.Goal goals}
 * with points and {@link org.tinytorch.capstone.Limit limits}. A {@link org.tinytorch.capstone.Harness} measures, a {@link org.tinytorch.capstone.Pipeline} decides,
 * an {@link org.tinytorch.capstone.Ablation} leaves one step out at a time, and a {@link org.tinytorch.capstone.ReportCard} gives a score from 0 to 100 and is written as HTML and JSON.
 *
 * <p>Needs modules 01 (setup), 02 (tensor), 08 (training) and 19 (benchmarking).
 */
package org.tinytorch.capstone;
