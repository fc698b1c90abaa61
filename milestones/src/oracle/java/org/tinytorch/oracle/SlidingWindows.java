package org.tinytorch.oracle;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.tinytorch.spatial.Window;
import org.tinytorch.testing.Sample;

/**
 * The windows of a sample as arguments of PyTorch's functions. PyTorch pads both ends alike; where ours differ, the padding becomes an operation of its own, and is
 * cut off again from gradients.
 */
record SlidingWindows(Window rows, Window columns) {
    private static final Pattern WINDOW =
            Pattern.compile("Window\\[size=(\\d+), stride=(\\d+), dilation=(\\d+), before=(\\d+), after=(\\d+)]");

    /** Of a sample whose label shows a window of the rows and one of the columns: those of layers have no operation to ask. */
    static SlidingWindows of(Sample sample) {
        List<Window> windows = WINDOW.matcher(sample.label())
                .results()
                .map(SlidingWindows::window)
                .toList();
        if (windows.size() != 2) {
            throw new IllegalArgumentException("oracle: two windows are expected in '" + sample + "'");
        }
        return new SlidingWindows(windows.get(0), windows.get(1));
    }

    private static Window window(MatchResult found) {
        return new Window(number(found, 1), number(found, 2), number(found, 3), number(found, 4), number(found, 5));
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    String size() {
        return both(rows.size(), columns.size());
    }

    String stride() {
        return both(rows.stride(), columns.stride());
    }

    String dilation() {
        return both(rows.dilation(), columns.dilation());
    }

    boolean dilated() {
        return rows.dilation() > 1 || columns.dilation() > 1;
    }

    private boolean uneven() {
        return rows.before() != rows.after() || columns.before() != columns.after();
    }

    /** What is left to PyTorch's function. */
    String padding() {
        return uneven() ? both(0, 0) : both(rows.before(), columns.before());
    }

    /** An image with the padding that is not left to PyTorch's function. */
    String padded(String image, String value) {
        return uneven()
                ? "torch.constant_pad_nd(" + image + ", "
                        + OperationExpressions.ints(
                                List.of(columns.before(), columns.after(), rows.before(), rows.after()))
                        + ", " + value + ")"
                : image;
    }

    /** How many rows the image has that PyTorch's function sees. */
    int paddedHeight(int height) {
        return uneven() ? height + rows.before() + rows.after() : height;
    }

    /** How many columns it has. */
    int paddedWidth(int width) {
        return uneven() ? width + columns.before() + columns.after() : width;
    }

    /** The gradient of the image, from that of the image that PyTorch's function saw. */
    String cut(String gradient, int height, int width) {
        return uneven()
                ? "torch.slice(torch.slice(%s, 2, %d, %d, 1), 3, %d, %d, 1)"
                        .formatted(
                                gradient,
                                rows.before(),
                                rows.before() + height,
                                columns.before(),
                                columns.before() + width)
                : gradient;
    }

    /** How much larger the image is than the smallest one with a result of so many rows and columns. */
    String outputPadding(int height, int width, int outHeight, int outWidth) {
        return both(rest(rows, paddedHeight(height), outHeight), rest(columns, paddedWidth(width), outWidth));
    }

    private int rest(Window window, int length, int outputs) {
        int padding = uneven() ? 0 : 2 * window.before();
        return length - ((outputs - 1) * window.stride() - padding + window.span());
    }

    static String both(int rows, int columns) {
        return OperationExpressions.ints(List.of(rows, columns));
    }
}
