package org.tinytorch.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes small files of the CIFAR binary versions. */
final class CifarBytes {
    static final int IMAGE = 3 * 32 * 32;

    private CifarBytes() {}

    /** Records with these labels; record i is red i, green i + 1 and blue i + 2. */
    static byte[] records(int[]... labels) {
        int length = labels[0].length + IMAGE;
        byte[] bytes = new byte[labels.length * length];
        for (int i = 0; i < labels.length; i++) {
            for (int l = 0; l < labels[i].length; l++) {
                bytes[i * length + l] = (byte) labels[i][l];
            }
            for (int p = 0; p < IMAGE; p++) {
                bytes[i * length + labels[i].length + p] = (byte) (i + p / 1024);
            }
        }
        return bytes;
    }

    static Path write(Path folder, String name, int[]... labels) throws IOException {
        return Files.write(folder.resolve(name), records(labels));
    }
}
