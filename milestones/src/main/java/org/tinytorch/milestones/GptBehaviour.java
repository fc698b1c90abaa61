package org.tinytorch.milestones;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Modes;
import org.tinytorch.transformer.Gpt;

/**
 * Whether a model does what a GPT must: a low loss alone proves little. Each number is the largest change of a logit.
 *
 * @param past of the logits of earlier places, when the last token becomes another: 0, as nobody may look ahead
 * @param order of the logits of the last place, when the tokens before it stand in reverse order: not 0, as order matters
 * @param memory of the logits of the last place, when the token before it becomes another: not 0, or attention does nothing
 */
record GptBehaviour(double past, double order, double memory) {
    /** Logits of a trained model lie units apart; what moves them by less than this makes no difference. */
    private static final double NOTICEABLE = 1e-3;

    /** Whether some tokens are at least three, and those before the last not the same backwards. */
    static boolean canBeJudgedOn(int... tokens) {
        int last = tokens.length - 1;
        return last >= 2 && IntStream.range(0, last).anyMatch(i -> tokens[i] != tokens[last - 1 - i]);
    }

    /**
     * Looks at a model.
     *
     * @param tokens on which it can be judged
     */
    static GptBehaviour of(Gpt model, int... tokens) {
        int last = tokens.length - 1;
        int[] otherEnd = tokens.clone();
        otherEnd[last] = another(model, tokens[last]);
        int[] reversed = tokens.clone();
        for (int i = 0; i < last; i++) {
            reversed[i] = tokens[last - 1 - i];
        }
        int[] otherBefore = tokens.clone();
        otherBefore[last - 1] = another(model, tokens[last - 1]);

        Tensor logits = logits(model, tokens);
        return new GptBehaviour(
                change(logits, logits(model, otherEnd), 0, last),
                change(logits, logits(model, reversed), last, last + 1),
                change(logits, logits(model, otherBefore), last, last + 1));
    }

    private static int another(Gpt model, int token) {
        return (token + 1) % model.config().vocabularySize();
    }

    private static Tensor logits(Gpt model, int... tokens) {
        try (Modes modes = Modes.evaluation(model);
                NoGrad scope = NoGrad.enter()) {
            return model.forward(
                    Tensors.of(Arrays.stream(tokens).asDoubleStream().toArray(), 1, tokens.length));
        }
    }

    private static double change(Tensor before, Tensor after, int from, int to) {
        return before.slice(1, from, to)
                .sub(after.slice(1, from, to))
                .abs()
                .max()
                .item();
    }

    /** What is wrong, in words; nothing if all is well. */
    List<String> problems() {
        Map<String, Boolean> found = new LinkedHashMap<>();
        found.put("another last token changes what was predicted before it, so the model looks ahead", !(past == 0));
        found.put("the order of the earlier tokens does not matter to the model", !(order > NOTICEABLE));
        found.put(
                "the token before the last does not matter to the model, so it ignores attention",
                !(memory > NOTICEABLE));
        return found.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }
}
