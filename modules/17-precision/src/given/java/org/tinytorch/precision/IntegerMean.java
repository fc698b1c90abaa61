// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerMean.java. Read it, don't edit it.
package org.tinytorch.precision;

/** The mean of each channel over all places, rounded to the nearest integer. */
record IntegerMean() implements IntegerStage {
    @Override
    public IntegerMap.Size size(IntegerMap.Size in) {
        return new IntegerMap.Size(1, 1, in.channels());
    }

    /** One addition for each integer; for each channel a division, and rounding. */
    @Override
    public IntegerWork work(IntegerMap.Size in) {
        return new IntegerWork(0, in.count() + 2L * in.channels(), in.count(), in.channels());
    }

    @Override
    public IntegerMap forward(IntegerMap in) {
        int channels = in.shape().channels();
        int places = in.shape().rows() * in.shape().columns();
        byte[] means = new byte[channels];
        for (int c = 0; c < channels; c++) {
            int sum = 0;
            for (int place = 0; place < places; place++) {
                sum += in.values()[place * channels + c];
            }
            means[c] = (byte) Math.rint((double) sum / places);
        }
        return new IntegerMap(means, size(in.shape()), in.how());
    }
}
