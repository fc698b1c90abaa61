package org.tinytorch.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A zip byte by byte (PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16), so that it can say what is not true. */
final class ZipBytes {
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;

    ZipBytes stored(String name, byte[] data) {
        return entry(name, STORED, data, data.length, crc(data));
    }

    ZipBytes deflated(String name, byte[] data) {
        return entry(name, DEFLATED, deflate(data), data.length, crc(data));
    }

    /** An entry of these bytes, which says of itself what it likes. */
    ZipBytes entry(String name, int method, byte[] packed, long size, long crc) {
        int position = content.size();
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer local = buffer(30).putInt(0x04034b50);
        describe(local, method, packed.length, size, crc, utf8.length);
        content.writeBytes(local.array());
        content.writeBytes(utf8);
        content.writeBytes(packed);
        return listed(utf8, method, packed.length, size, crc, position);
    }

    /** One more name for the bytes of the first entry. */
    ZipBytes again(String name, int method, int packed, long size, long crc) {
        return listed(name.getBytes(StandardCharsets.UTF_8), method, packed, size, crc, 0);
    }

    private ZipBytes listed(byte[] utf8, int method, int packed, long size, long crc, int position) {
        ByteBuffer central = buffer(46).putInt(0x02014b50).putShort((short) 20);
        describe(central, method, packed, size, crc, utf8.length);
        central.putInt(42, position);
        directory.writeBytes(central.array());
        directory.writeBytes(utf8);
        entries++;
        return this;
    }

    private static void describe(ByteBuffer to, int method, int packed, long size, long crc, int name) {
        to.putShort((short) 20).putShort((short) 0x800).putShort((short) method).putInt(0x210000);
        to.putInt((int) crc).putInt(packed).putInt((int) size).putShort((short) name);
    }

    byte[] bytes() {
        ByteBuffer end = buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries)
                .putShort((short) entries)
                .putInt(directory.size())
                .putInt(content.size());
        return NpyFiles.concat(content.toByteArray(), directory.toByteArray(), end.array());
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return packed.toByteArray();
    }

    static long crc(byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return crc.getValue();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
