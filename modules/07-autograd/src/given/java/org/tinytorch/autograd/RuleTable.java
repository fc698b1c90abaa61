// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/autograd/RuleTable.java. Read it, don't edit it.
package org.tinytorch.autograd;

import java.util.List;
import org.tinytorch.tensor.Tensor;

/** The derivative of a built-in operation: one rule per input, asked only if that input needs a gradient. */
record RuleTable(List<Rule> rules) implements Derivative {
    @Override
    public Tensor[] gradients(Saved saved, Tensor g) {
        Tensor[] gradients = new Tensor[rules.size()];
        for (int i = 0; i < gradients.length; i++) {
            if (saved.needsGradient(i)) {
                gradients[i] = rules.get(i).apply(saved, g);
            }
        }
        return gradients;
    }
}
