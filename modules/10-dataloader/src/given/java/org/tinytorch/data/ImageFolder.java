// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/ImageFolder.java. Read it, don't edit it.
package org.tinytorch.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.tinytorch.tensor.Shape;

/**
 * Images in folders, one for each class, after {@code torchvision.datasets.ImageFolder}: {@code pets/cat/tom.png}, {@code pets/dog/rex.jpg}. Classes are numbered
 * in the order of their names. Every format that {@link ImageIO} knows is read, and becomes red, green and blue.
 */
public final class ImageFolder {
    private static final int MOST_CLASSES = 256;
    private static final Set<String> ENDINGS = Arrays.stream(ImageIO.getReaderFileSuffixes())
            .filter(ending -> !ending.isEmpty())
            .map(ending -> "." + ending.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));

    private ImageFolder() {}

    /**
     * Reads images that are all of one size.
     *
     * @return images {@code (3, rows, columns)}, classes named after their folders
     * @throws IOException if there is no such folder or no image in one of its sub-folders, an image cannot be read, or its size is not that of the first; the
     *     message names the folder or file
     */
    public static ImageDataset load(Path folder) throws IOException {
        return load(folder, Optional.empty());
    }

    /**
     * Reads images of any size and scales each to the same one, whatever its proportions.
     *
     * @param rows of each image then, at least 1
     * @param columns of each image then, at least 1
     * @return images {@code (3, rows, columns)}, classes named after their folders
     * @throws IOException as {@link #load(Path)}, but for sizes
     */
    public static ImageDataset load(Path folder, int rows, int columns) throws IOException {
        Images.check(rows > 0 && columns > 0, "a size of " + rows + " by " + columns + " is not possible");
        return load(folder, Optional.of(Shape.of(3, rows, columns)));
    }

    private static ImageDataset load(Path folder, Optional<Shape> wanted) throws IOException {
        List<Path> classes = classes(folder);
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : images(classes.get(label))) {
                files.add(file);
                labels.add(label);
            }
        }
        Shape shape = wanted.isPresent() ? wanted.get() : RgbBytes.shape(read(files.get(0)));
        if ((long) files.size() * shape.size() > Integer.MAX_VALUE - 8) {
            throw new IOException("image folder: " + folder + ": " + files.size() + " images of shape " + shape
                    + " do not fit in one array; load a smaller size");
        }
        byte[] pixels = new byte[files.size() * shape.size()];
        byte[] labelBytes = new byte[files.size()];
        for (int i = 0; i < labelBytes.length; i++) {
            BufferedImage image = read(files.get(i));
            if (wanted.isEmpty() && !RgbBytes.shape(image).equals(shape)) {
                throw new IOException("image folder: " + files.get(i) + ": shape " + RgbBytes.shape(image) + ", but "
                        + files.get(0) + " is " + shape
                        + "; make all images one size, or load them with a number of rows and columns");
            }
            RgbBytes.write(image, shape, pixels, i * shape.size());
            labelBytes[i] = labels.get(i).byteValue();
        }
        List<String> names =
                classes.stream().map(path -> path.getFileName().toString()).toList();
        return ImageDataset.over(shape, 255, names.size(), pixels, labelBytes).named(names);
    }

    private static List<Path> classes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "image folder: " + folder + " is not a folder; it should hold one folder of images for each class");
        }
        List<Path> classes = list(folder).filter(Files::isDirectory).toList();
        if (classes.isEmpty() || classes.size() > MOST_CLASSES) {
            throw new IOException("image folder: " + folder + " holds " + classes.size()
                    + " folders; it should hold one folder of images for each class, 1 to " + MOST_CLASSES);
        }
        return classes;
    }

    private static List<Path> images(Path folder) throws IOException {
        List<Path> images = list(folder).filter(ImageFolder::isImage).toList();
        if (images.isEmpty()) {
            throw new IOException("image folder: " + folder + " holds no image; names of images end in "
                    + String.join(", ", ENDINGS));
        }
        return images;
    }

    /** What is in a folder and not hidden, by name, so that every machine sees the same order. */
    private static Stream<Path> list(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList()
                    .stream();
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static BufferedImage read(Path file) throws IOException {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException | RuntimeException e) { // a damaged file can make a decoder throw anything
            throw new IOException("image folder: " + file + ": cannot be read as an image: " + e.getMessage(), e);
        }
        if (image == null) {
            throw new IOException("image folder: " + file + ": the content is no image of a known format");
        }
        return image;
    }
}
