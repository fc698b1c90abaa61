// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/TokenLoss.java. Read it, don't edit it.
package org.tinytorch.transformer;

import org.tinytorch.autograd.NoGrad;
import org.tinytorch.loss.Reduction;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Metric;

/**
 * The loss of a token, averaged over all tokens seen: exact also when the last window is shorter, whereas the average loss of the windows counts each window once. {@code exp} of it is the
 * perplexity.
 */
public final class TokenLoss implements Metric {
    private static final LanguageModelLoss SUM = new LanguageModelLoss(Reduction.SUM);

    private double sum;
    private long tokens;

    /** Nothing seen yet. */
    public TokenLoss() {}

    @Override
    public String name() {
        return "token_loss";
    }

    @Override
    public void reset() {
        sum = 0;
        tokens = 0;
    }

    @Override
    public void update(Tensor prediction, Tensor target) {
        try (NoGrad scope = NoGrad.enter()) {
            sum += SUM.forward(prediction.detach(), target).item();
        }
        tokens += target.size();
    }

    @Override
    public double value() {
        if (tokens == 0) {
            throw new IllegalStateException("token_loss: nothing was seen yet; update it with a batch first");
        }
        return sum / tokens;
    }
}
