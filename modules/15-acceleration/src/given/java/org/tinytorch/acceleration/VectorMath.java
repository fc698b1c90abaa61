// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/VectorMath.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of a vector, lane by lane, within 4 units in the last place but for the far tails that a function's own text names; NaN, infinities and
 * signed zeros as {@link Math} has them.
 *
 * <p>A number gives the same bits in a vector of any width. Everything is small, and the longer functions come in parts, so that the compiler puts each into the loop
 * that calls it: a vector that passes through a call or a branch costs an object, which is ten times slower.
 */
public final class VectorMath {
    /** The vectors that all functions take. */
    public static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Added to a number below 2⁵¹ it leaves the nearest whole number in the low bits, in two's complement. */
    private static final double ROUNDER = 0x1.8p52;

    /** Its low 32 bits are zero, so that a multiple by an exponent is exact. */
    private static final double LN2_HIGH = 0x1.62e42feep-1;

    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final double LOG2_E = 1.4426950408889634;

    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

    /** What the exponent's bits say more than the exponent. */
    private static final long BIAS = 1023;

    private VectorMath() {}

    /**
     * One step of Horner's rule. Longer polynomials take two sums side by side, of the even and of the odd powers: each step waits for the one before, and two sums
     * wait half as long.
     */
    private static DoubleVector step(DoubleVector sum, DoubleVector x, double coefficient) {
        return sum.fma(x, DoubleVector.broadcast(SPECIES, coefficient));
    }

    // ---- exponential

    /** {@code eˣ = 2ⁿ · e^r} with n whole and {@code |r| ≤ ln 2 / 2}. */
    static DoubleVector exp(DoubleVector x) {
        // beyond these bounds it is 0 or infinite; a comparison with NaN is false
        DoubleVector capped =
                x.blend(-746, x.compare(VectorOperators.LT, -746)).blend(710, x.compare(VectorOperators.GT, 710));
        DoubleVector rounded = rounded(capped);
        return timesPowerOfTwo(reducedExpMinusOne(reduced(capped, rounded)).add(1), rounded);
    }

    /** {@code eˣ} for {@code x ≤ 0} in fewer steps; 0 where that is below 3e-308. */
    public static DoubleVector expOfNegative(DoubleVector x) {
        DoubleVector rounded = rounded(x);
        DoubleVector scale = powerOfTwo(rounded.reinterpretAsLongs().sub(ROUNDER_BITS - BIAS));
        DoubleVector y = reducedExpMinusOne(reduced(x, rounded)).fma(scale, scale);
        return y.blend(0, x.compare(VectorOperators.LT, -708));
    }

    /** {@code eˣ − 1} without the loss of digits near 0, for {@code 0 ≤ x ≤ 100}. */
    static DoubleVector expMinusOne(DoubleVector x) {
        DoubleVector rounded = rounded(x);
        DoubleVector scale = powerOfTwo(rounded.reinterpretAsLongs().sub(ROUNDER_BITS - BIAS));
        return reducedExpMinusOne(reduced(x, rounded)).fma(scale, scale.sub(1));
    }

    private static DoubleVector rounded(DoubleVector x) {
        return x.fma(DoubleVector.broadcast(SPECIES, LOG2_E), DoubleVector.broadcast(SPECIES, ROUNDER));
    }

    private static DoubleVector reduced(DoubleVector x, DoubleVector rounded) {
        DoubleVector n = rounded.sub(ROUNDER).neg();
        return n.fma(DoubleVector.broadcast(SPECIES, LN2_LOW), n.fma(DoubleVector.broadcast(SPECIES, LN2_HIGH), x));
    }

    /** {@code e^r − 1 = r + r²/2! + … + r¹³/13!}, whose next term is below 2⁻⁵⁷ of the sum. */
    private static DoubleVector reducedExpMinusOne(DoubleVector r) {
        DoubleVector square = r.mul(r);
        DoubleVector even = DoubleVector.broadcast(SPECIES, 2.08767569878681e-9);
        even = step(even, square, 2.755731922398589e-7);
        even = step(even, square, 2.48015873015873e-5);
        even = step(even, square, 1.388888888888889e-3);
        even = step(even, square, 4.1666666666666664e-2);
        even = step(even, square, 0.5);
        DoubleVector odd = DoubleVector.broadcast(SPECIES, 1.6059043836821613e-10);
        odd = step(odd, square, 2.505210838544172e-8);
        odd = step(odd, square, 2.7557319223985893e-6);
        odd = step(odd, square, 1.984126984126984e-4);
        odd = step(odd, square, 8.333333333333333e-3);
        odd = step(odd, square, 0.16666666666666666);
        return odd.fma(r, even).fma(square, r);
    }

    /** Multiplies by 2ⁿ in two halves, so that both are ordinary numbers even where the product overflows or is subnormal. */
    private static DoubleVector timesPowerOfTwo(DoubleVector x, DoubleVector rounded) {
        LongVector both = rounded.reinterpretAsLongs().sub(ROUNDER_BITS - 2 * BIAS);
        LongVector one = both.lanewise(VectorOperators.LSHR, 1);
        LongVector other = both.sub(one);
        return x.mul(powerOfTwo(one)).mul(powerOfTwo(other));
    }

    private static DoubleVector powerOfTwo(LongVector biasedExponent) {
        return biasedExponent.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    // ---- functions of the exponential

    /** {@code 1 / (1 + e⁻ˣ)}; for negative x as {@code eˣ / (1 + eˣ)}, which does not overflow. */
    static DoubleVector sigmoid(DoubleVector x) {
        DoubleVector e = expOfNegative(x.abs().neg());
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        return e.blend(one, x.compare(VectorOperators.GE, 0)).div(e.add(1));
    }

    /** What tanh is made of: {@code e^(2|x|) − 1}; from |x| = 20 on tanh is 1. */
    static DoubleVector expOfTwiceMinusOne(DoubleVector x) {
        DoubleVector magnitude = x.abs();
        DoubleVector capped = magnitude.blend(20, magnitude.compare(VectorOperators.GT, 20));
        return expMinusOne(capped.add(capped));
    }

    /** A magnitude with the sign of x, zeros included. */
    static DoubleVector withSignOf(DoubleVector x, DoubleVector magnitude) {
        return magnitude
                .reinterpretAsLongs()
                .or(x.reinterpretAsLongs().and(Long.MIN_VALUE))
                .reinterpretAsDoubles();
    }

    // ---- logarithm

    /** The bits of √½, rounded down to a multiple of 2³²: what is added and taken away so that the exponent changes there and not at 1. */
    private static final long HALF_ROOT = 0x3fe6a09e00000000L;

    /** {@code x = 2ᵉ · m} with m between √½ and √2. */
    static DoubleVector log(DoubleVector x) {
        VectorMask<Double> subnormal = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
        DoubleVector shift = DoubleVector.zero(SPECIES).blend(54, subnormal);
        LongVector bits = x.blend(x.mul(0x1p54), subnormal).reinterpretAsLongs().sub(HALF_ROOT);
        LongVector exponent = bits.lanewise(VectorOperators.ASHR, 52);
        LongVector mantissa =
                bits.sub(exponent.lanewise(VectorOperators.LSHL, 52)).add(HALF_ROOT);
        DoubleVector e = exponent.add(ROUNDER_BITS).reinterpretAsDoubles().sub(ROUNDER);
        DoubleVector result = logOfReduced(mantissa.reinterpretAsDoubles().sub(1), e.sub(shift));
        return logAtTheEdges(x, result);
    }

    private static DoubleVector logAtTheEdges(DoubleVector x, DoubleVector result) {
        return result.blend(x, x.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY))
                .blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0))
                .blend(Double.NaN, x.compare(VectorOperators.LT, 0))
                .blend(x, x.compare(VectorOperators.NE, x));
    }

    /**
     * {@code log(1 + f) + e · ln 2} with {@code s = f / (2 + f)}, {@code log(1 + f) = f − (f²/2 − s·(f²/2 + R(s²)))}; R's coefficients are those of Sun's fdlibm,
     * e_log.c.
     */
    private static DoubleVector logOfReduced(DoubleVector f, DoubleVector e) {
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector r = DoubleVector.broadcast(SPECIES, 1.479819860511658591e-01);
        r = step(r, z, 1.531383769920937332e-01);
        r = step(r, z, 1.818357216161805012e-01);
        r = step(r, z, 2.222219843214978396e-01);
        r = step(r, z, 2.857142874366239149e-01);
        r = step(r, z, 3.999999999940941908e-01);
        r = step(r, z, 6.666666666666735130e-01);
        DoubleVector half = f.mul(f).mul(0.5);
        DoubleVector correction = s.fma(r.fma(z, half), e.mul(LN2_LOW));
        return e.fma(DoubleVector.broadcast(SPECIES, LN2_HIGH), f.sub(half.sub(correction)));
    }

    // ---- error function

    /** The first part of erf: {@code e^(−x²)}. */
    static DoubleVector bell(DoubleVector x) {
        return expOfNegative(x.mul(x).neg());
    }

    /** The second part of erf, right for {@code |x| ≥ 1}: {@code ± (1 − e^(−x²) · Q(|x|))}. */
    static DoubleVector erfFar(DoubleVector x, DoubleVector bell) {
        DoubleVector magnitude = x.abs();
        DoubleVector capped = magnitude.blend(6, magnitude.compare(VectorOperators.GT, 6)); // from there on erf is 1
        DoubleVector far = scaledComplement(capped).neg().fma(bell, DoubleVector.broadcast(SPECIES, 1));
        return withSignOf(x, far);
    }

    /** The third part of erf: {@code x · P(x²)} for {@code |x| < 1}. */
    static DoubleVector erfNear(DoubleVector x, DoubleVector far) {
        return far.blend(x.mul(erfOverX(x.mul(x))), x.abs().compare(VectorOperators.LT, 1));
    }

    /** P: {@code erf(√u) / √u} for {@code 0 ≤ u ≤ 1}, interpolated at 12 Chebyshev nodes; relative error below 1e-17. */
    private static DoubleVector erfOverX(DoubleVector u) {
        DoubleVector square = u.mul(u);
        DoubleVector even = DoubleVector.broadcast(SPECIES, 1.3720064546777686e-08);
        even = step(even, square, 1.6447424703317362e-06);
        even = step(even, square, 1.2055294904839707e-4);
        even = step(even, square, 5.2239776071164225e-3);
        even = step(even, square, 0.11283791670945006);
        even = step(even, square, 1.1283791670955126);
        DoubleVector odd = DoubleVector.broadcast(SPECIES, -7.795898827002142e-10);
        odd = step(odd, square, -1.6208483801871705e-07);
        odd = step(odd, square, -1.492473690741966e-05);
        odd = step(odd, square, -8.548325975389692e-4);
        odd = step(odd, square, -0.02686617064323777);
        odd = step(odd, square, -0.37612638903183543);
        return odd.fma(u, even);
    }

    /**
     * Q: {@code e^(x²) · (1 − erf(x))} for {@code 1 ≤ x ≤ 6}, as a polynomial in {@code t = (x − 3) / (x + 3)} interpolated at 16 Chebyshev nodes; relative error
     * below 6e-17.
     */
    private static DoubleVector scaledComplement(DoubleVector x) {
        DoubleVector t = x.sub(3).div(x.add(3));
        DoubleVector square = t.mul(t);
        DoubleVector even = DoubleVector.broadcast(SPECIES, 1.2755818949624478e-06);
        even = step(even, square, -8.00978093907608e-06);
        even = step(even, square, 6.406279226046039e-05);
        even = step(even, square, -5.970624964924544e-4);
        even = step(even, square, 4.269136356961225e-3);
        even = step(even, square, 0.07166583719747308);
        even = step(even, square, 0.24560380171233487);
        even = step(even, square, 0.17900115118138996);
        DoubleVector odd = DoubleVector.broadcast(SPECIES, 3.381355142042904e-09);
        odd = step(odd, square, 2.0135111426447427e-06);
        odd = step(odd, square, -1.2845780030775907e-05);
        odd = step(odd, square, 4.525434558991009e-05);
        odd = step(odd, square, 7.077464666941425e-4);
        odd = step(odd, square, -0.024392499318915004);
        odd = step(odd, square, -0.15011593650077898);
        odd = step(odd, square, -0.3262335600430372);
        return odd.fma(t, even);
    }

    // ---- normal distribution

    /** The first part of Φ: {@code e^(−x²/2)}. */
    static DoubleVector normalBell(DoubleVector x) {
        return expOfNegative(x.mul(x).mul(-0.5));
    }

    /** The second part of Φ: {@code Φ(−|x|) = e^(−x²/2) · H(|x|)}. */
    static DoubleVector normalTail(DoubleVector x, DoubleVector bell) {
        return scaledTail(x.abs()).mul(bell);
    }

    /** The third part: {@code Φ(x)}, with {@code Φ(|x|) = 1 − Φ(−|x|)}. */
    static DoubleVector normalCdf(DoubleVector x, DoubleVector tail) {
        return tail.blend(tail.neg().add(1), x.compare(VectorOperators.GT, 0));
    }

    /**
     * H: {@code e^(x²/2) · Φ(−x)} for {@code x ≥ 0}, as a polynomial in {@code t = (x − 5) / (x + 5) = 1 − 10 / (x + 5)} interpolated at 18 Chebyshev nodes for
     * {@code x ≤ 8.6}; relative error there below 1e-16. Further out, where Φ is below 1e-17, it stays between 0 and ½.
     */
    private static DoubleVector scaledTail(DoubleVector x) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        DoubleVector t = one.div(x.add(5)).fma(DoubleVector.broadcast(SPECIES, -10), one);
        DoubleVector square = t.mul(t);
        DoubleVector even = DoubleVector.broadcast(SPECIES, 2.1905205605037277e-07);
        even = step(even, square, -5.808147137528781e-07);
        even = step(even, square, 6.638361209656992e-06);
        even = step(even, square, -6.042892402336514e-05);
        even = step(even, square, 0.00021955090144681964);
        even = step(even, square, 0.00899137054478565);
        even = step(even, square, 0.04785535228424058);
        even = step(even, square, 0.11606881188600317);
        even = step(even, square, 0.07691930497500629);
        DoubleVector odd = DoubleVector.broadcast(SPECIES, 3.182808545178717e-08);
        odd = step(odd, square, 3.970911792178609e-07);
        odd = step(odd, square, -1.24509948017922e-06);
        odd = step(odd, square, 9.546980486718022e-07);
        odd = step(odd, square, 0.00013427711075067467);
        odd = step(odd, square, -0.0023788443458653153);
        odd = step(odd, square, -0.023413900488585018);
        odd = step(odd, square, -0.08088387726411035);
        odd = step(odd, square, -0.14345755526401205);
        return odd.fma(t, even);
    }
}
