package org.tinytorch.interop;

import java.util.List;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.embedding.LearnedPositions;
import org.tinytorch.embedding.Positions;
import org.tinytorch.embedding.SinusoidalPositions;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.EncoderBlock;
import org.tinytorch.transformer.FeedForward;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.LayerNorm;
import org.tinytorch.transformer.RMSNorm;
import org.tinytorch.transformer.SwiGLU;
import org.tinytorch.transformer.TransformerBlock;

/** The layers of modules 12 to 14. Each exports its children as they are now, so that one that was replaced is exported too. */
final class OnnxTransformer {
    /** The input of a model that reads token ids. */
    static final String TOKEN_IDS = "token_ids";

    static final List<OnnxLayer<?>> TABLE = List.of(
            new OnnxLayer<>(Gpt.class, OnnxTransformer::gpt),
            new OnnxLayer<>(TransformerBlock.class, OnnxTransformer::block),
            new OnnxLayer<>(EncoderBlock.class, OnnxTransformer::encoderBlock),
            new OnnxLayer<>(FeedForward.class, OnnxTransformer::feedForward),
            new OnnxLayer<>(SwiGLU.class, OnnxTransformer::swiGlu),
            new OnnxLayer<>(LayerNorm.class, OnnxTransformer::layerNorm),
            new OnnxLayer<>(RMSNorm.class, OnnxTransformer::rmsNorm),
            new OnnxLayer<>(MultiHeadAttention.class, OnnxAttention::export),
            new OnnxLayer<>(
                    LearnedPositions.class,
                    (layer, x, at) -> positions(layer, at.weight("weight", layer.weight()), x, at)),
            new OnnxLayer<>(
                    SinusoidalPositions.class,
                    (layer, x, at) -> positions(layer, at.table("waves", waves(layer, x)), x, at)));

    private OnnxTransformer() {}

    private static OnnxValue gpt(Gpt model, OnnxValue ids, OnnxPlace at) {
        if (!ids.name().equals(TOKEN_IDS)) {
            throw new IllegalArgumentException("gpt: it reads token ids, so that it must be the model's first layer");
        }
        int context = model.config().contextLength();
        if (ids.shape().rank() != 2 || ids.shape().dim(1) > context) {
            throw new IllegalArgumentException(
                    "gpt: ids of shape " + ids.shape() + " are not (batch, 1 … " + context + ")");
        }
        if (!(model.child("tokens") instanceof Embedding tokens)) {
            throw new IllegalArgumentException("gpt: its table of tokens is a "
                    + model.child("tokens").getClass().getName() + "; only an Embedding can be exported");
        }
        int width = tokens.weight().dim(1);
        OnnxValue table = at.weight("tokens.weight", tokens.weight());
        OnnxValue x = at.node("Gather", table, ids)
                .gives(Shape.of(ids.shape().dim(0), ids.shape().dim(1), width));
        if (model.children().containsKey("positions")) {
            x = at.child(model, "positions", x);
        }
        x = at.child(model, "dropout", x);
        for (String block : model.child("blocks").children().keySet()) {
            x = at.child(model, "blocks." + block, x);
        }
        x = at.child(model, "norm", x);
        return model.config().tied() ? at.product(x, at.transpose(table, 1, 0)) : at.child(model, "head", x);
    }

    private static OnnxValue block(TransformerBlock layer, OnnxValue x, OnnxPlace at) {
        OnnxValue looked = at.child(layer, "attention", at.child(layer, "norm1", x));
        OnnxValue between = at.both("Add", x, at.child(layer, "dropout", looked));
        OnnxValue thought = at.child(layer, "feedForward", at.child(layer, "norm2", between));
        return at.both("Add", between, at.child(layer, "dropout", thought));
    }

    private static OnnxValue encoderBlock(EncoderBlock layer, OnnxValue x, OnnxPlace at) {
        OnnxValue looked = at.child(layer, "dropout", at.child(layer, "attention", x));
        OnnxValue between = at.child(layer, "norm1", at.both("Add", x, looked));
        OnnxValue thought = at.child(layer, "dropout", at.child(layer, "feedForward", between));
        return at.child(layer, "norm2", at.both("Add", between, thought));
    }

    private static OnnxValue feedForward(FeedForward layer, OnnxValue x, OnnxPlace at) {
        OnnxValue bent = at.child(layer, "activation", at.child(layer, "expand", x));
        return at.child(layer, "shrink", bent);
    }

    private static OnnxValue swiGlu(SwiGLU layer, OnnxValue x, OnnxPlace at) {
        OnnxValue gate = OnnxLayers.silu(at.child(layer, "gate", x), at);
        return at.child(layer, "down", at.both("Mul", gate, at.child(layer, "up", x)));
    }

    private static OnnxValue layerNorm(LayerNorm layer, OnnxValue x, OnnxPlace at) {
        checkWidth("layer norm", layer.weight().size(), x.shape());
        OnnxValue weight = at.weight("weight", layer.weight());
        OnnxNode node = layer.bias().isPresent()
                ? at.node(
                        "LayerNormalization",
                        x,
                        weight,
                        at.weight("bias", layer.bias().get()))
                : at.node("LayerNormalization", x, weight);
        return node.integer("axis", -1).number("epsilon", layer.eps()).gives(x.shape());
    }

    /** {@code weight · x / √(mean(x²) + eps)}. The mean is a sum divided, because the axes of ReduceMean are given in another way from version 18 on. */
    private static OnnxValue rmsNorm(RMSNorm layer, OnnxValue x, OnnxPlace at) {
        int width = layer.weight().size();
        checkWidth("rms norm", width, x.shape());
        OnnxValue sum = at.node("ReduceSum", at.both("Mul", x, x), at.integers(-1))
                .integer("keepdims", 1)
                .gives(x.shape().with(-1, 1));
        OnnxValue mean = at.both("Div", sum, at.scalar(width));
        OnnxValue root = at.map("Sqrt", at.both("Add", mean, at.scalar(layer.eps())));
        return at.both("Mul", at.both("Div", x, root), at.weight("weight", layer.weight()));
    }

    private static void checkWidth(String who, int width, Shape x) {
        if (x.rank() < 2 || x.dim(-1) != width) {
            throw new IllegalArgumentException(who + ": input " + x + " is not (batch, …, " + width + ")");
        }
    }

    private static OnnxValue positions(Positions layer, OnnxValue table, OnnxValue x, OnnxPlace at) {
        OnnxAttention.checkSequence("positions", x.shape());
        checkWidth("positions", table.shape().dim(1), x.shape());
        OnnxAttention.checkLength("positions", layer.length(), x.shape());
        OnnxValue places = at.node("Gather", table, OnnxAttention.places(x, at))
                .gives(Shape.of(x.shape().dim(1), x.shape().dim(2)));
        return at.both("Add", x, places);
    }

    /** The table of positions is what they add to zeros. */
    private static Tensor waves(SinusoidalPositions layer, OnnxValue x) {
        return layer.forward(Tensors.zeros(layer.length(), x.shape().dim(-1)), 0);
    }
}
