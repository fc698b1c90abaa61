package org.tinytorch.serving;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.tinytorch.tensor.Shape;

/**
 * Reads PNG and JPEG files as pixels for a model. The size in the file's header is compared with the limit before anything is decoded, since a small file can hold a huge picture.
 *
 * <p>The picture is scaled to the model's rows and columns, whatever its own proportions. For one channel, grey is the luminance {@code 0.299 R + 0.587 G + 0.114 B} (ITU-R BT.601). What is transparent is black.
 */
final class ImageFile {
    private final Shape shape;
    private final int mostPixels;

    /**
     * For models of 1 or 3 channels.
     *
     * @param shape {@code (channels, rows, columns)}
     */
    ImageFile(Shape shape, int mostPixels) {
        this.shape = shape;
        this.mostPixels = mostPixels;
    }

    /**
     * The pixels from 0 to 1, row by row and channel by channel.
     *
     * @param format {@code png} or {@code jpeg}
     * @throws HttpProblem with status 400 if it is no such file, 413 if it has too many pixels, 415 if the model has other channels than files
     */
    double[] read(byte[] file, String format) {
        int channels = shape.dim(0);
        if (channels != 1 && channels != 3) {
            throw HttpProblem.of(
                    415, "the model takes images of " + channels + " channels, which no file has; send JSON");
        }
        return scale(decode(file, format));
    }

    private BufferedImage decode(byte[] file, String format) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true); // what is said about the picture is not read: it can be compressed, too
            long count = (long) reader.getWidth(0) * reader.getHeight(0);
            if (count > mostPixels) {
                throw HttpProblem.of(
                        413,
                        "the image has " + count + " pixels, and at most " + mostPixels + " are taken; scale it down");
            }
            return reader.read(0);
        } catch (IOException e) {
            throw broken(format, e);
        } catch (HttpProblem e) {
            throw e;
        } catch (RuntimeException e) { // the decoders throw all kinds of them for damaged files
            throw broken(format, e);
        } finally {
            reader.dispose();
        }
    }

    private static HttpProblem broken(String format, Exception e) {
        return HttpProblem.of(
                400,
                "the body is no whole " + format + " file: " + StrictJson.shorten(String.valueOf(e.getMessage()))
                        + "; save the image anew");
    }

    /** Each pixel of the result is the mean of the area of the picture that it covers. */
    private double[] scale(BufferedImage picture) {
        int channels = shape.dim(0);
        int rows = shape.dim(1);
        int columns = shape.dim(2);
        AreaMean across = new AreaMean(picture.getWidth(), columns);
        AreaMean down = new AreaMean(picture.getHeight(), rows);
        PictureRow row = new PictureRow(picture, channels);
        double[] pixels = new double[shape.size()];
        for (int y = 0; y < picture.getHeight(); y++) {
            double[][] values = row.read(y);
            int first = down.firstTarget(y);
            int last = down.lastTarget(y);
            for (int c = 0; c < channels; c++) {
                double[] narrow = across.apply(values[c]);
                for (int r = first; r <= last; r++) {
                    double weight = down.weight(y, r);
                    for (int x = 0; x < columns; x++) {
                        pixels[(c * rows + r) * columns + x] += weight * narrow[x];
                    }
                }
            }
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(1, pixels[i]); // weights may add up to a little more than 1
        }
        return pixels;
    }
}
