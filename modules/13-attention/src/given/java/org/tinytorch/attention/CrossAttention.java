// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/attention/CrossAttention.java. Read it, don't edit it.
package org.tinytorch.attention;

import java.util.List;
import java.util.Optional;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Stochastic;

/**
 * Attention from one sequence to another (Bahdanau et al., 2015; Vaswani et al., 2017): x asks, and a memory answers, as a translation asks the sentence it translates.
 *
 * <p>Shapes: x {@code (B, T, C)}, memory {@code (B, S, M)}, result {@code (B, T, C)}. Children, all {@link Linear}: {@code query} from C to C, {@code key} and {@code value} from M to C, and
 * {@code output}. What takes one input only, such as a {@code Sequential}, makes x its own memory.
 */
public final class CrossAttention extends Layer implements Stochastic {
    private final int width;
    private final int memoryWidth;
    private final int heads;
    private final double dropout;
    private final Generator generator;

    /** With a memory as wide as x, and without dropout. */
    public CrossAttention(int width, int heads, Generator generator) {
        this(width, width, heads, 0, generator);
    }

    /**
     * With a memory of another width.
     *
     * @param width C, a multiple of the heads
     * @param memoryWidth M
     * @param dropout the probability that a weight is dropped while training, from 0 to below 1
     * @throws IllegalArgumentException if one of them is not possible
     */
    public CrossAttention(int width, int memoryWidth, int heads, double dropout, Generator generator) {
        AttentionHeads.check(width, heads, heads);
        new DotProductAttention(false, 1).dropout(dropout, 0); // judges it
        this.width = width;
        this.memoryWidth = memoryWidth;
        this.heads = heads;
        this.dropout = dropout;
        child("query", new Linear(width, width, generator));
        child("key", new Linear(memoryWidth, width, generator));
        child("value", new Linear(memoryWidth, width, generator));
        child("output", new Linear(width, width, generator));
        this.generator = generator.split();
    }

    @Override
    protected Tensor compute(Tensor x) {
        return forward(x, x, Optional.empty());
    }

    /**
     * What x finds in a memory.
     *
     * @param mask 1 where a place of x may look at one of the memory, else 0; broadcasts to {@code (B, H, T, S)}, such as {@link Masks#padding}
     * @throws IllegalArgumentException if shapes do not fit
     */
    public Tensor forward(Tensor x, Tensor memory, Optional<Tensor> mask) {
        AttentionHeads.checkInput("input", x, width);
        AttentionHeads.checkInput("memory", memory, memoryWidth);
        DotProductAttention attention = new DotProductAttention(false, Attention.scale(width / heads));
        if (isTraining() && dropout > 0) {
            attention = attention.dropout(dropout, generator.nextLong());
        }
        Tensor mixed = Attention.of(
                attention,
                mask,
                AttentionHeads.split(child("query").forward(x), width / heads),
                AttentionHeads.split(child("key").forward(memory), width / heads),
                AttentionHeads.split(child("value").forward(memory), width / heads));
        return child("output").forward(mixed.reshape(x.shape()));
    }

    @Override
    public List<Generator> generators() {
        return dropout > 0 ? List.of(generator) : List.of();
    }

    @Override
    protected String options() {
        return width + ", memory=" + memoryWidth + ", heads=" + heads + (dropout > 0 ? ", dropout=" + dropout : "");
    }
}
