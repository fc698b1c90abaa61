package org.tinytorch.interop;

import java.io.IOException;
import java.util.Map;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.transformer.Gpt;

/**
 * Puts the numbers of a llama2.c checkpoint to where a {@link Gpt} has them, one after the other as the file has them: of each kind of weight first that of the first layer, then that of the second, and so on.
 *
 * <p>Matrices need no turning, as both keep them as (out, in). Nor are rows of wq and wk permuted: llama2.c turns the numbers 2i and 2i + 1 of a head by their position, and so does our
 * {@code RotaryEmbedding} unless it is told otherwise. (Files for Hugging Face's Transformers, which turns i and i + D/2, have other rows.)
 */
final class Llama2cWeights {
    private final LittleEndianFile in;
    private final Llama2cHeader header;
    private final Map<String, Tensor> state;

    Llama2cWeights(LittleEndianFile in, Llama2cHeader header, Gpt model) {
        this.in = in;
        this.header = header;
        this.state = model.stateDict(); // shares its numbers with the model
    }

    /** Reads all weights into the model. */
    void read() throws IOException {
        whole("tokens.weight");
        wholeOfEachBlock("norm1.weight"); // rms_att_weight
        int queries = header.dim() * header.dim();
        int keys = header.kvDim() * header.dim();
        packed(0, queries); // wq
        packed(queries, keys); // wk
        packed(queries + keys, keys); // wv
        wholeOfEachBlock("attention.output.weight"); // wo
        wholeOfEachBlock("norm2.weight"); // rms_ffn_weight
        wholeOfEachBlock("feedForward.gate.weight"); // w1
        wholeOfEachBlock("feedForward.down.weight"); // w2
        wholeOfEachBlock("feedForward.up.weight"); // w3
        whole("norm.weight"); // rms_final_weight
        // The cosines and sines of all positions: llama2.c does not use them any more either, but works them out.
        in.skip((long) Float.BYTES * header.seqLen() * header.headWidth());
        if (!header.shared()) {
            whole("head.weight"); // wcls
        }
    }

    private void wholeOfEachBlock(String name) throws IOException {
        for (int i = 0; i < header.layers(); i++) {
            whole("blocks." + i + "." + name);
        }
    }

    private void whole(String name) throws IOException {
        Tensor tensor = state.get(name);
        in.readFloats(tensor.mutableData(), 0, tensor.size());
    }

    /** A part of each block's matrix for queries, keys and values, which the file has as three. */
    private void packed(int from, int count) throws IOException {
        for (int i = 0; i < header.layers(); i++) {
            Tensor tensor = state.get("blocks." + i + ".attention.queryKeyValue.weight");
            in.readFloats(tensor.mutableData(), from, count);
        }
    }
}
