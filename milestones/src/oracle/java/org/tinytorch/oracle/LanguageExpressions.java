package org.tinytorch.oracle;

import java.util.List;

/** The parts of language models in PyTorch's functions. A layer's parameters go by their path, such as {@code blocks_0_norm1}, an underscore and their name. */
final class LanguageExpressions {
    private LanguageExpressions() {}

    static String linear(String x, String path, boolean bias) {
        return "torch.linear(%s, %s_weight, %s)".formatted(x, path, bias(path, bias));
    }

    static String layerNorm(String x, String path, int width, boolean bias, double eps) {
        return "torch.layer_norm(%s, [%d], %s_weight, %s, %s)".formatted(x, width, path, bias(path, bias), eps);
    }

    static String rmsNorm(String x, String path, int width, double eps) {
        return "torch.rms_norm(%s, [%d], %s_weight, %s)".formatted(x, width, path, eps);
    }

    private static String bias(String path, boolean present) {
        return present ? path + "_bias" : "None";
    }

    /** With the exact GELU. */
    static String feedForward(String x, String path, boolean bias) {
        String wide = linear(x, path + "_expand", bias);
        return linear("torch.gelu(" + wide + ", approximate=\"none\")", path + "_shrink", bias);
    }

    static String swiGlu(String x, String path, boolean bias) {
        String gate = linear(x, path + "_gate", bias);
        String up = linear(x, path + "_up", bias);
        return linear("torch.mul(torch.silu(" + gate + "), " + up + ")", path + "_down", bias);
    }

    /** Statements that make {@code angles}, {@code (T, D/2)}: of each position, for each pair of numbers. */
    static List<String> angles(int first, int length, int width, double base) {
        return List.of(
                "places = torch.arange(%d, %d, dtype=7)".formatted(first, first + length),
                "exponents = torch.div(torch.arange(0, %1$d, 2, dtype=7), %1$d)".formatted(width),
                "angles = torch.outer(places, torch.reciprocal(torch.pow(%s, exponents)))".formatted(base));
    }

    /** Turns adjacent pairs of x {@code (B, T, H, D)} by {@code angles}: as in Llama, a pair is a complex number, and turning it is a multiplication. */
    static String rotateAdjacent(String x, int length, int heads, int width) {
        String pairs =
                "torch.view_as_complex(torch.reshape(%s, [-1, %d, %d, %d, 2]))".formatted(x, length, heads, width / 2);
        String turns = "torch.unsqueeze(torch.polar(torch.ones_like(angles), angles), 1)";
        return "torch.flatten(torch.view_as_real(torch.mul(%s, %s)), -2)".formatted(pairs, turns);
    }

    /** Turns the pairs of x {@code (B, T, H, D)} that are half a vector apart by {@code angles}, as the Transformers library does. */
    static String rotateHalves(String x, int width) {
        String both = "torch.unsqueeze(torch.cat([angles, angles], 1), 1)";
        String halves = "torch.split(%s, %d, -1)".formatted(x, width / 2);
        String turned = "torch.cat([torch.neg(%1$s[1]), %1$s[0]], -1)".formatted("(" + halves + ")");
        return "torch.add(torch.mul(%1$s, torch.cos(%2$s)), torch.mul(%3$s, torch.sin(%2$s)))"
                .formatted(x, both, turned);
    }

    /** From x {@code (B, T, H, D)} to the heads first, as PyTorch wants them, and back. */
    static String swapped(String x) {
        return "torch.transpose(" + x + ", 1, 2)";
    }

    /** Attention of q {@code (B, T, H, D)}, k and v. */
    static String attention(String q, String k, String v, String options) {
        return swapped("torch.scaled_dot_product_attention(%s, %s, %s, %s)"
                .formatted(swapped(q), swapped(k), swapped(v), options));
    }
}
