package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tinytorch.tensor.Generator;

/** Files in the format of CIFAR-10 with few images, whose classes differ in the brightness of three parts of the picture and of its colours. */
final class Cifar10Files {
    private static final int PLANE = 32 * 32;
    private static final int CLASSES = 10;

    private Cifar10Files() {}

    /** Five training files, and a test file if asked for, with so many images each. */
    static Path write(Path folder, int images, boolean withTest) throws IOException {
        Files.createDirectories(folder);
        for (int i = 1; i <= 5; i++) {
            write(folder.resolve("data_batch_" + i + ".bin"), images, i);
        }
        if (withTest) {
            write(folder.resolve("test_batch.bin"), images, 6);
        }
        return folder;
    }

    private static void write(Path file, int images, long seed) throws IOException {
        Generator random = new Generator(seed);
        byte[] bytes = new byte[images * (1 + 3 * PLANE)];
        int at = 0;
        for (int image = 0; image < images; image++) {
            int label = image % CLASSES;
            bytes[at++] = (byte) label;
            for (int i = 0; i < 3 * PLANE; i++) {
                int part = i / (PLANE / 2); // the upper and the lower half of each colour
                boolean bright = part < 4 && (label >> part & 1) == 1;
                bytes[at++] = (byte) ((bright ? 180 : 40) + random.nextInt(40));
            }
        }
        Files.write(file, bytes);
    }
}
