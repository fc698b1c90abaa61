package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.training.AtomicFile;

/** A package is there as a whole or not at all, whatever happens while it is written. */
class AtomicPackageTest {
    private static final int KILLED = 137;

    @TempDir
    Path directory;

    /** Fails, or dies, at one of its renames, or when a zip has become so long. */
    record BadDisk(int at, long room, boolean dies, int[] renames) implements AtomicPackage.Disk {
        private static final long ENDLESS = Long.MAX_VALUE;

        static BadDisk atRename(int rename, boolean dies) {
            return new BadDisk(rename, ENDLESS, dies, new int[1]);
        }

        static BadDisk afterBytes(long room, boolean dies) {
            return new BadDisk(-1, room, dies, new int[1]);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (renames[0]++ == at) {
                fail();
            }
            AtomicPackage.Disk.REAL.rename(from, to);
        }

        @Override
        public void write(Path file, AtomicFile.Content content) throws IOException {
            AtomicPackage.Disk.REAL.write(file, channel -> content.writeTo(new Narrow(channel)));
        }

        private void fail() throws IOException {
            if (dies) {
                Runtime.getRuntime().halt(KILLED); // no finally, no hook: as kill -9
            }
            throw new IOException("disk full");
        }

        /** Takes so many bytes and no more. */
        private final class Narrow implements WritableByteChannel {
            private final WritableByteChannel channel;
            private long left = room;

            Narrow(WritableByteChannel channel) {
                this.channel = channel;
            }

            @Override
            public int write(ByteBuffer bytes) throws IOException {
                if (left == 0) {
                    fail();
                }
                ByteBuffer part = bytes.slice().limit((int) Math.min(left, bytes.remaining()));
                int written = channel.write(part);
                bytes.position(bytes.position() + written);
                left -= written;
                return written;
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        }
    }

    /** What the process that is killed runs: a package is written, and the process dies at a rename, or after so many bytes of a zip. */
    static final class Killed {
        private Killed() {}

        public static void main(String... args) throws IOException {
            int number = Integer.parseInt(args[2]);
            new ModelPackageWriter()
                    .replacing()
                    .write(
                            Packages.writer().metrics(Map.of("loss", 1.0)),
                            Path.of(args[0]),
                            args[1].equals("rename")
                                    ? BadDisk.atRename(number, true)
                                    : BadDisk.afterBytes(number, true));
        }
    }

    private void runAndDie(Path path, String at, int number) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        path.toString(),
                        at,
                        Integer.toString(number))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
        assertThat(process.exitValue())
                .as(() -> "how it ended; it said: " + read(directory.resolve("output.txt")))
                .isEqualTo(KILLED);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @CsvSource({"writer, rename, 0", "writer.zip, rename, 0", "writer.zip, bytes, 0", "writer.zip, bytes, 5000"})
    void aProcessThatIsKilledLeavesNothingUnderTheName(String name, String at, int number) throws Exception {
        Path path = directory.resolve(name);

        runAndDie(path, at, number);

        assertThat(path).doesNotExist();
        Packages.writer().write(path);
        assertThat(ModelPackage.read(path).metrics()).containsEntry("loss", 3.5);
    }

    @ParameterizedTest
    @CsvSource({"writer, rename, 0", "writer.zip, rename, 0", "writer.zip, bytes, 5000"})
    void aProcessThatIsKilledBeforeItReplacesLeavesTheOldOne(String name, String at, int number) throws Exception {
        Path path = directory.resolve(name);
        Packages.writer().write(path);

        runAndDie(path, at, number);

        assertThat(ModelPackage.read(path).metrics()).containsEntry("loss", 3.5);
    }

    @Test
    void aProcessThatIsKilledBetweenTheRenamesLeavesBothWholeAndReadingSaysWhere() throws Exception {
        Path folder = directory.resolve("writer");
        Packages.writer().write(folder);

        runAndDie(folder, "rename", 1);

        Path old = Packages.entries(directory).stream()
                .filter(path -> path.toString().endsWith(".old"))
                .findFirst()
                .orElseThrow();
        Path fresh = Packages.entries(directory).stream()
                .filter(path -> path.toString().endsWith(".tmp"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> ModelPackage.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("a replacement of it was interrupted", old.toString());
        assertThat(ModelPackage.read(old).metrics()).containsEntry("loss", 3.5);
        assertThat(ModelPackage.read(fresh).metrics()).containsEntry("loss", 1.0);
    }

    @ParameterizedTest
    @CsvSource({"digits, 0", "digits, 1", "digits.zip, 0"})
    void aDiskThatFailsLeavesTheOldOneAndNothingElse(String name, int rename) throws IOException {
        assertThatADiskLeavesTheOldOneAndNothingElse(
                directory.resolve(name), BadDisk.atRename(rename, false), "disk full");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 4000})
    void aDiskThatIsFullLeavesTheOldZipAndNothingElse(long room) throws IOException {
        Path path = directory.resolve("digits.zip");
        assertThatADiskLeavesTheOldOneAndNothingElse(
                path, BadDisk.afterBytes(room, false), path + " cannot be written: disk full; look for room");
    }

    private void assertThatADiskLeavesTheOldOneAndNothingElse(Path path, BadDisk disk, String message)
            throws IOException {
        Packages.digits().write(path);
        ModelPackage other = Packages.digits().metrics(Map.of("new", 1.0));

        assertThatThrownBy(() -> new ModelPackageWriter().replacing().write(other, path, disk))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);

        assertThat(ModelPackage.read(path).metrics()).doesNotContainKey("new");
        assertThat(Packages.entries(directory)).containsExactly(path);
    }

    @Test
    void contentThatFailsLeavesNothing() {
        Path folder = directory.resolve("half");

        assertThatThrownBy(() -> AtomicPackage.write(
                        folder,
                        false,
                        temporary -> {
                            Files.writeString(temporary.resolve("config.json"), "{");
                            throw new IOException("disk full");
                        },
                        AtomicPackage.Disk.REAL))
                .hasMessage("disk full");

        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "model.zip"})
    void replacingGivesTheNewOneAndLeavesNothingOfTheOld(String name) throws IOException {
        Path path = directory.resolve(name);
        Packages.digits().write(path);

        new ModelPackageWriter().replacing().write(Packages.writer(), path);

        assertThat(ModelPackage.read(path).kind()).isEqualTo(PackageKind.LANGUAGE_MODEL);
        assertThat(Packages.entries(directory)).containsExactly(path);
    }

    @Test
    void aFolderWhoseNameEndsLikeAZipGivesWayToOne() throws IOException {
        Path path = directory.resolve("model.zip");
        Packages.digits().write(directory.resolve("model"));
        Files.move(directory.resolve("model"), path);
        assertThat(ModelPackage.read(path).kind()).isEqualTo(PackageKind.IMAGE_CLASSIFIER);

        new ModelPackageWriter().replacing().write(Packages.writer(), path);

        assertThat(path).isRegularFile();
        assertThat(ModelPackage.read(path).kind()).isEqualTo(PackageKind.LANGUAGE_MODEL);
        assertThat(Packages.entries(directory)).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "model.zip"})
    void whatIsThereIsNotReplacedUnasked(String name) throws IOException {
        Path path = directory.resolve(name);
        Packages.digits().write(path);

        assertThatThrownBy(() -> Packages.writer().write(path))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(path + " exists already", "replacing()");
        assertThatThrownBy(() -> new ModelPackageWriter().checkFree(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path + " exists already");

        assertThat(ModelPackage.read(path).kind()).isEqualTo(PackageKind.IMAGE_CLASSIFIER);
        assertThat(Packages.entries(directory)).containsExactly(path);
    }

    @Test
    void whatIsFreeIsSaidToBe() throws IOException {
        Path path = directory.resolve("model.zip");

        new ModelPackageWriter().checkFree(path);
        Packages.digits().write(path);
        new ModelPackageWriter().replacing().checkFree(path);

        assertThatThrownBy(() -> new ModelPackageWriter().checkFree(directory.resolve("a/model.zip")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("create it first");
    }

    @Test
    void whatIsNoPackageIsNeverReplaced() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path mixed = directory.resolve("mixed");
        Packages.digits().write(mixed);
        Files.writeString(mixed.resolve("thesis.txt"), "years of work");
        Path file = Files.writeString(directory.resolve("file"), "x");
        Path text = Files.writeString(directory.resolve("text.zip"), "x");
        byte[] some = {1};
        Path others = new ZipBytes().stored("thesis.txt", some).write(directory.resolve("others.zip"));
        Path more = new ZipBytes()
                .stored("manifest.json", some)
                .stored("thesis.txt", some)
                .write(directory.resolve("more.zip"));
        ModelPackageWriter writer = new ModelPackageWriter().replacing();

        for (Path each : List.of(home, mixed, file, text, others, more)) {
            assertThatThrownBy(() -> writer.write(Packages.digits(), each))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(each + " is not a model package, or holds other things too");
        }
        assertThat(mixed.resolve("thesis.txt")).hasContent("years of work");
        assertThat(Packages.entries(directory)).containsExactlyInAnyOrder(home, mixed, file, text, others, more);
    }

    @Test
    void aNameMustBeOneAndTheFolderAboveMustExist() {
        assertThatThrownBy(() -> Packages.digits().write(directory.resolve("a").resolve("b")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("create it first");
        assertThatThrownBy(() -> Packages.digits().write(directory.resolve("..")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a name for a new package");
        assertThatThrownBy(() -> Packages.digits().write(directory.getRoot()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a name for a new package");
    }
}
