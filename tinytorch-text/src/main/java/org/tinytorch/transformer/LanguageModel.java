package org.tinytorch.transformer;

import java.util.Arrays;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Modes;

/** What a generator needs of a model: the logits of the next token. Module 16 has one that remembers what it has worked out. */
public interface LanguageModel {
    /** How many tokens there are. */
    int vocabularySize();

    /**
     * The logits of the token that follows.
     *
     * @param tokens so far, at least one
     * @return one for each token of the vocabulary
     * @throws IllegalArgumentException if there is no token
     * @throws IndexOutOfBoundsException if one is not in {@code 0 … vocabularySize() − 1}
     */
    double[] next(int[] tokens);

    /**
     * A GPT that works everything out anew for each token. It sees the last tokens that fit into its context: what is longer slides through. The model computes in evaluation mode, and is put back into
     * the mode it was in.
     */
    static LanguageModel of(Gpt model) {
        return new LanguageModel() {
            @Override
            public int vocabularySize() {
                return model.config().vocabularySize();
            }

            @Override
            public double[] next(int[] tokens) {
                check(tokens, vocabularySize());
                // region Task 14.10: past the context
                int from = Math.max(0, tokens.length - model.config().contextLength());
                int[] seen = Arrays.copyOfRange(tokens, from, tokens.length);
                Tensor ids = Tensors.of(Arrays.stream(seen).asDoubleStream().toArray(), 1, seen.length);
                try (Modes modes = Modes.evaluation(model);
                        NoGrad scope = NoGrad.enter()) {
                    return model.last(ids).data().clone();
                }
                // endregion
            }
        };
    }

    /**
     * Checks what a model is asked.
     *
     * @param size of the vocabulary
     * @throws IllegalArgumentException if there is no token
     * @throws IndexOutOfBoundsException if one is not in {@code 0 … size − 1}
     */
    static void check(int[] tokens, int size) {
        if (tokens.length == 0) {
            throw new IllegalArgumentException(
                    "language model: there is no token to go on from; give at least one, such as a line break");
        }
        for (int position = 0; position < tokens.length; position++) {
            if (tokens[position] < 0 || tokens[position] >= size) {
                throw new IndexOutOfBoundsException("language model: token " + tokens[position] + " at position "
                        + position + " is not in 0 … " + (size - 1)
                        + "; encode the text with the tokenizer that the model was trained with");
            }
        }
    }
}
