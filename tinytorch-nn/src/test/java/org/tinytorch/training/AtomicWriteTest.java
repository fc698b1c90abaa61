package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tensor.Tensors;

/** A disk that fails at any byte, or a process that dies there, leaves the old file whole. */
class AtomicWriteTest {
    private static final SafeTensors OLD = new SafeTensors(Map.of("w", Tensors.of(1, 2, 3)));
    private static final SafeTensors NEW =
            new SafeTensors(Map.of("w", Tensors.of(4, 5), "b", Tensors.scalar(6)), Map.of("epoch", "2"));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void writeTheOldFile() throws IOException {
        file = directory.resolve("model.safetensors");
        OLD.write(file);
    }

    @Test
    void aDiskThatFailsAtAnyByteLeavesTheOldFileAndNothingElse() throws IOException {
        byte[] old = Files.readAllBytes(file);
        int length = lengthOf(NEW);
        for (int position = 0; position < length; position++) {
            Disk disk = new Disk(position, new IOException("disk full"));

            assertThatThrownBy(() -> NEW.write(file, DataType.F64, disk))
                    .as("full after %d bytes", position)
                    .hasMessage("disk full");

            assertThat(file).as("full after %d bytes", position).hasBinaryContent(old);
            assertThat(filesHere())
                    .as("full after %d bytes: files left", position)
                    .containsExactly(file);
        }
    }

    @Test
    void aProcessThatDiesAtAnyByteLeavesTheOldFile() throws IOException {
        byte[] old = Files.readAllBytes(file);
        int length = lengthOf(NEW);
        for (int position = 0; position < length; position++) {
            Disk disk = new Disk(position, new IOException("power cut"));
            disk.look = () -> assertThat(file).hasBinaryContent(old);

            assertThatThrownBy(() -> NEW.write(file, DataType.F64, disk)).hasMessage("power cut");

            assertThat(disk.looked)
                    .as("the old file was looked at in the moment of the crash at byte %d", position)
                    .isTrue();
        }
    }

    @Test
    void aDiskThatCannotForceOrRenameLeavesTheOldFileToo() throws IOException {
        byte[] old = Files.readAllBytes(file);
        AtomicFile.Disk noForce = new AtomicFile.Disk() {
            @Override
            public void force(Path temporary) throws IOException {
                throw new IOException("cannot force");
            }
        };
        AtomicFile.Disk noRename = new AtomicFile.Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                throw new IOException("cannot rename");
            }
        };

        assertThatThrownBy(() -> NEW.write(file, DataType.F64, noForce)).hasMessage("cannot force");
        assertThatThrownBy(() -> NEW.write(file, DataType.F64, noRename)).hasMessage("cannot rename");

        assertThat(file).hasBinaryContent(old);
        assertThat(filesHere()).containsExactly(file);
    }

    @Test
    void theBytesAreForcedToTheDiskBeforeTheRename() throws IOException {
        List<String> steps = new ArrayList<>();
        AtomicFile.Disk spy = new AtomicFile.Disk() {
            @Override
            public void force(Path temporary) throws IOException {
                steps.add("force " + Files.size(temporary));
                AtomicFile.Disk.super.force(temporary);
            }

            @Override
            public void rename(Path from, Path to) throws IOException {
                steps.add("rename to " + to.getFileName());
                AtomicFile.Disk.super.rename(from, to);
            }
        };

        NEW.write(file, DataType.F64, spy);

        assertThat(steps).containsExactly("force " + Files.size(file), "rename to model.safetensors");
    }

    @Test
    void successReplacesTheFile() throws IOException {
        NEW.write(file);

        assertThat(SafeTensors.read(file).tensors()).containsOnlyKeys("w", "b");
        assertThat(filesHere()).containsExactly(file);
    }

    @Test
    void aSymbolicLinkStaysAndItsTargetIsReplaced() throws IOException {
        Path link = directory.resolve("link.safetensors");
        try {
            Files.createSymbolicLink(link, file);
        } catch (IOException | UnsupportedOperationException e) {
            Assumptions.abort("this system lets no one make symbolic links");
        }

        NEW.write(link);

        assertThat(link).isSymbolicLink();
        assertThat(SafeTensors.read(file).tensors()).containsOnlyKeys("w", "b");
    }

    @Test
    void aMissingDirectoryOrADirectoryInPlaceOfTheFileIsNamed() {
        assertThatThrownBy(() -> NEW.write(directory.resolve("no/such/file")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist; create it first");
        assertThatThrownBy(() -> NEW.write(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void aFileThatCannotBeMadeIsNamedAndNotTheTemporaryOne() {
        Path tooLong = directory.resolve("n".repeat(250)); // the temporary file's name is longer still
        assertThatThrownBy(() -> NEW.write(tooLong))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(tooLong.toString(), "cannot be written")
                .hasMessageNotContaining(".tmp");
    }

    @Test
    void aPipeIsNotReplacedByAFile() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        try {
            new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        } catch (IOException e) {
            Assumptions.abort("this system has no pipes with names");
        }
        Assumptions.assumeTrue(Files.exists(pipe), "this system has no pipes with names");

        assertThatThrownBy(() -> NEW.write(pipe)).hasMessageContainingAll(pipe.toString(), "device or a pipe");

        assertThat(Files.isRegularFile(pipe)).as("replaced by a file").isFalse();
    }

    @Test
    void aTextIsWrittenInUtf8InPlaceOfTheOldFile() throws IOException {
        String text = "5 µs × 2\n";

        AtomicFile.writeText(file, text);

        assertThat(file).hasBinaryContent(text.getBytes(StandardCharsets.UTF_8));
        assertThat(filesHere()).containsExactly(file);
    }

    private int lengthOf(SafeTensors contents) throws IOException {
        Path other = directory.resolve("length");
        contents.write(other);
        int length = (int) Files.size(other);
        Files.delete(other);
        return length;
    }

    private List<Path> filesHere() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** Takes so many bytes and then fails. */
    private static final class Disk implements AtomicFile.Disk {
        private final IOException failure;
        private int left;
        private Runnable look = () -> {};
        private boolean looked;

        Disk(int bytes, IOException failure) {
            this.left = bytes;
            this.failure = failure;
        }

        @Override
        public WritableByteChannel create(Path path) throws IOException {
            WritableByteChannel real = AtomicFile.Disk.super.create(path);
            return new WritableByteChannel() {
                @Override
                public int write(ByteBuffer bytes) throws IOException {
                    if (left == 0) {
                        look.run();
                        looked = true;
                        throw failure;
                    }
                    int taken = Math.min(left, bytes.remaining());
                    real.write(bytes.slice(bytes.position(), taken));
                    bytes.position(bytes.position() + taken);
                    left -= taken;
                    return taken;
                }

                @Override
                public boolean isOpen() {
                    return real.isOpen();
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }
    }
}
