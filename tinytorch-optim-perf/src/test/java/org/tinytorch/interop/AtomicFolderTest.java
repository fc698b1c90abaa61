package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A package is there as a whole or not at all, whatever happens while it is written. */
class AtomicFolderTest {
    private static final int KILLED = 137;

    @TempDir
    Path directory;

    /** Fails, or dies, at one of its renames. */
    record BadDisk(int at, boolean dies, int[] renames) implements AtomicFolder.Disk {
        BadDisk(int at, boolean dies) {
            this(at, dies, new int[1]);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (renames[0]++ == at) {
                if (dies) {
                    Runtime.getRuntime().halt(KILLED); // no finally, no hook: as kill -9
                }
                throw new IOException("disk full");
            }
            AtomicFolder.Disk.REAL.rename(from, to);
        }
    }

    /** What the process that is killed runs: a package is written, and the process dies at a rename. */
    static final class Killed {
        private Killed() {}

        public static void main(String... args) throws IOException {
            new ModelPackageWriter()
                    .replacing()
                    .write(
                            Packages.writer().metrics(Map.of("loss", 1.0)),
                            Path.of(args[0]),
                            new BadDisk(Integer.parseInt(args[1]), true));
        }
    }

    private void runAndDie(Path folder, int rename) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        folder.toString(),
                        Integer.toString(rename))
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

    @Test
    void aProcessThatIsKilledBeforeTheRenameLeavesNothingUnderTheName() throws Exception {
        Path folder = directory.resolve("writer");

        runAndDie(folder, 0);

        assertThat(folder).doesNotExist();
        Packages.writer().write(folder);
        assertThat(ModelPackage.read(folder).metrics()).containsEntry("loss", 3.5);
    }

    @Test
    void aProcessThatIsKilledBeforeItReplacesLeavesTheOldOne() throws Exception {
        Path folder = directory.resolve("writer");
        Packages.writer().write(folder);

        runAndDie(folder, 0);

        assertThat(ModelPackage.read(folder).metrics()).containsEntry("loss", 3.5);
    }

    @Test
    void aProcessThatIsKilledBetweenTheRenamesLeavesBothWholeAndReadingSaysWhere() throws Exception {
        Path folder = directory.resolve("writer");
        Packages.writer().write(folder);

        runAndDie(folder, 1);

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
    @ValueSource(ints = {0, 1})
    void aDiskThatFailsLeavesTheOldOneAndNothingElse(int rename) throws IOException {
        Path folder = directory.resolve("digits");
        Packages.digits().write(folder);
        ModelPackage other = Packages.digits().metrics(Map.of("new", 1.0));

        assertThatThrownBy(() -> new ModelPackageWriter().replacing().write(other, folder, new BadDisk(rename, false)))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");

        assertThat(ModelPackage.read(folder).metrics()).doesNotContainKey("new");
        assertThat(Packages.entries(directory)).containsExactly(folder);
    }

    @Test
    void contentThatFailsLeavesNothing() {
        Path folder = directory.resolve("half");

        assertThatThrownBy(() -> AtomicFolder.write(
                        folder,
                        false,
                        temporary -> {
                            Files.writeString(temporary.resolve("config.json"), "{");
                            throw new IOException("disk full");
                        },
                        AtomicFolder.Disk.REAL))
                .hasMessage("disk full");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void replacingGivesTheNewOneAndLeavesNothingOfTheOld() throws IOException {
        Path folder = directory.resolve("model");
        Packages.digits().write(folder);

        new ModelPackageWriter().replacing().write(Packages.writer(), folder);

        assertThat(ModelPackage.read(folder).kind()).isEqualTo(PackageKind.LANGUAGE_MODEL);
        assertThat(Packages.entries(directory)).containsExactly(folder);
    }

    @Test
    void whatIsThereIsNotReplacedUnasked() throws IOException {
        Path folder = directory.resolve("model");
        Packages.digits().write(folder);

        assertThatThrownBy(() -> Packages.writer().write(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(folder + " exists already", "replacing()");

        assertThat(ModelPackage.read(folder).kind()).isEqualTo(PackageKind.IMAGE_CLASSIFIER);
        assertThat(Packages.entries(directory)).containsExactly(folder);
    }

    @Test
    void whatIsNoPackageIsNeverReplaced() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path mixed = directory.resolve("mixed");
        Packages.digits().write(mixed);
        Files.writeString(mixed.resolve("thesis.txt"), "years of work");
        Path file = Files.writeString(directory.resolve("file"), "x");
        ModelPackageWriter writer = new ModelPackageWriter().replacing();

        for (Path each : List.of(home, mixed, file)) {
            assertThatThrownBy(() -> writer.write(Packages.digits(), each))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(each + " is not a model package, or holds other things too");
        }
        assertThat(mixed.resolve("thesis.txt")).hasContent("years of work");
        assertThat(Packages.entries(directory)).containsExactlyInAnyOrder(home, mixed, file);
    }

    @Test
    void aNameMustBeOneAndTheFolderAboveMustExist() {
        assertThatThrownBy(() -> Packages.digits().write(directory.resolve("a").resolve("b")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("create it first");
        assertThatThrownBy(() -> Packages.digits().write(directory.resolve("..")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a name for a new folder");
        assertThatThrownBy(() -> Packages.digits().write(directory.getRoot()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a name for a new folder");
    }
}
