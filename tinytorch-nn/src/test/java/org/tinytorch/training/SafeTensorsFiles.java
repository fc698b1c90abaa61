package org.tinytorch.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes safetensors files byte by byte, wrong ones too. */
final class SafeTensorsFiles {
    private SafeTensorsFiles() {}

    static Path write(Path file, String header, byte[] data) throws IOException {
        return Files.write(file, bytes(header.getBytes(StandardCharsets.UTF_8), data));
    }

    static byte[] bytes(byte[] header, byte[] data) {
        return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(data)
                .array();
    }
}
