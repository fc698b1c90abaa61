package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.tinytorch.interop.NpyFiles.bytes;
import static org.tinytorch.interop.NpyFiles.concat;
import static org.tinytorch.interop.NpyFiles.dict;
import static org.tinytorch.interop.NpyFiles.doubles;
import static org.tinytorch.interop.NpyFiles.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.setup.AllocationMeter;

/** Files that are wrong in every way we could think of: each is refused, by name, with the reason and what to do. */
class NpyCorruptTest {
    private static final byte[] GOOD = file("<f8", "(2,)", doubles(3, 4));

    @TempDir
    Path directory;

    static Stream<Arguments> types() {
        String save = "array.astype('float64')";
        return Stream.of(
                arguments("|O", "Python objects in a pickle, which would run code", save),
                arguments("<U2", "strings", save),
                arguments("|S3", "strings", save),
                arguments("<c16", "complex numbers", "array.real"),
                arguments("<M8[D]", "dates", "array.astype('int64')"),
                arguments("<m8[s]", "spans of time", "array.astype('int64')"),
                arguments("|V2", "bfloat16", save),
                arguments("<f16", "unknown", save),
                arguments("=f8", "unknown", "after '<' or '>'"),
                arguments("|f8", "unknown", "after '<' or '>'"),
                arguments("f8", "unknown", "after '<' or '>'"),
                arguments("<b2", "unknown", save),
                arguments("<", "unknown", save),
                arguments("", "dtype '' is unknown", save));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("types")
    void aTypeThatIsNoNumberIsRefusedWithWhatToDoInPython(String descr, String reason, String advice)
            throws IOException {
        assertRefused(file(descr, "(2,)", new byte[16]), "dtype '" + descr + "'", reason, advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[('a', '<f8'), ('b', '<i4')]", "('<f8', (3,))", "[]"})
    void aStructuredTypeIsRefusedWithWhatToDoInPython(String descr) throws IOException {
        String header = "{'descr': " + descr + ", 'fortran_order': False, 'shape': (2,), }";
        assertRefused(file(1, header, new byte[24]), "structured", "array['field'].astype('float64')");
    }

    static Stream<Arguments> headers() {
        String rest = "'fortran_order': False, 'shape': (2,), }";
        return Stream.of(
                arguments("", "its end at character 1, where '{' should be"),
                arguments("[1, 2]", "'[' at character 0, where '{'"),
                arguments("{", "its end at character 2, where a string in quotes"),
                arguments("{}", "no key 'descr'"),
                arguments("{'descr': '<f8', 'shape': (2,)}", "no key 'fortran_order'"),
                arguments("{'descr': '<f8', 'fortran_order': False}", "no key 'shape'"),
                arguments("{'descr': '<f8', 'descr': '<f8', " + rest, "the key 'descr' twice"),
                arguments("{'descr': '<f8', 'shape': (2,), " + rest, "the key 'shape' twice"),
                arguments("{'descr': '<f8', 'order': 'C', " + rest, "the key 'order'"),
                arguments("{'descr': '<f8' " + rest, "where ',' or '}'"),
                arguments("{descr: '<f8', " + rest, "'d' at character 1, where a string in quotes"),
                arguments("{'descr' '<f8', " + rest, "where ':'"),
                arguments("{'descr': \"<f8, " + rest, "where a string that ends with its quote"),
                arguments("{'descr': '\\x3cf8', " + rest, "no backslash"),
                arguments("{'descr': u'<f8', " + rest, "'u' at character 10, where a string in quotes"),
                arguments("{'descr': None, " + rest, "where a string in quotes"),
                arguments("{'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}", "True or False"),
                arguments("{'descr': '<f8', 'fortran_order': 'False', 'shape': (2,)}", "True or False"),
                arguments("{'descr': '<f8', 'fortran_order': not True, 'shape': (2,)}", "True or False"),
                arguments("{'descr': '<f8', " + rest + " x", "where nothing but blanks"),
                arguments("{'descr': '<f8', " + rest + "\0", "where nothing but blanks"),
                arguments("{'descr': '<f8', " + rest + "{}", "where nothing but blanks"));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("headers")
    void aHeaderThatIsNoDictOfAnArrayIsRefusedWithThePlace(String header, String reason) throws IOException {
        assertRefused(file(1, header, doubles(3, 4)), reason, "save it with numpy.save");
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                arguments("2", "where '('"),
                arguments("[2]", "where '('"),
                arguments("(2)", "where ',' after the only dimension"),
                arguments("(,)", "where a dimension"),
                arguments("(2,,)", "where a dimension"),
                arguments("(1 2)", "where ',' or ')'"),
                arguments("(-2,)", "'-' at character"),
                arguments("(+2,)", "'+' at character"),
                arguments("(02,)", "where a dimension"),
                arguments("(2.0,)", "where ',' or ')'"),
                arguments("(2_0,)", "where ',' or ')'"),
                arguments("(0x2,)", "where ',' or ')'"),
                arguments("('2',)", "where a dimension"),
                arguments("((2,),)", "where a dimension"),
                arguments("(True,)", "where a dimension"),
                arguments("(2**9,)", "where ',' or ')'"),
                arguments("(\u0662,)", "where a dimension"),
                arguments("(2147483648,)", "the dimension '2147483648', more than the 2^31 - 1"),
                arguments("(9223372036854775808,)", "the dimension '9223372036854775808', more than"),
                arguments("(" + "9".repeat(300) + ",)", "more than the 2^31 - 1"),
                arguments("(65536, 65536, 65536, 65536)", "more than 2^31 - 1 elements"),
                arguments("(2147483647, 2147483647, 4)", "more than 2^31 - 1 elements"),
                arguments("(" + "1, ".repeat(65) + ")", "65 axes, but NumPy has no more than 64"));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("shapes")
    void aShapeThatIsNoTupleOfSizesIsRefused(String shape, String reason) throws IOException {
        assertRefused(file(3, dict("<f8", false, shape), doubles(3, 4)), reason);
    }

    @Test
    void python2sIntegersAreNoneOfVersion3() throws IOException {
        assertRefused(file(3, dict("<f8", false, "(2L,)"), doubles(3, 4)), "'L' at character");
    }

    @Test
    void moreClaimedThanThereIsIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] content = file("<f8", "(400000000,)", doubles(3, 4));
        Path file = Files.write(directory.resolve("weights.npy"), content);

        long allocated = AllocationMeter.ofCurrentThread().measure(() -> assertThatThrownBy(() -> Npy.read(file))
                .hasMessageContaining("F64 of shape (400000000,), which takes 3200000000 bytes, but 16 follow it;"
                        + " the file is cut off: fetch it again"));

        assertThat(allocated).isLessThan(10_000_000);
    }

    @Test
    void moreNumbersThanAJavaArrayHoldsAreRefused() {
        byte[] begin = file("|u1", "(2147483647,)", new byte[0]);
        long bytes = begin.length + 2147483647L; // as if such a file were there
        assertThatThrownBy(() -> NpyArray.read(new ByteArrayInputStream(begin), bytes, Long.MAX_VALUE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 2147483639 numbers, the most that a Java array holds");
    }

    @Test
    void whatFollowsTheArrayIsRefused() throws IOException {
        assertRefused(concat(GOOD, GOOD), "which takes 16 bytes, but", "perhaps a second one", "numpy.savez");
    }

    @Test
    void everyShorterFileIsRefused() throws IOException {
        for (int length = 0; length < GOOD.length; length++) {
            assertRefused(Arrays.copyOf(GOOD, length), "fetch it again");
        }
    }

    @Test
    void aHeaderLongerThanTheFileIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] start = bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0xff, 0xff, 0xff, 0xff, '{');
        assertRefused(start, "the header ends at byte 4294967307, but there are 13; the file is cut off");
    }

    @Test
    void aHeaderLongerThanNumpyReadsIsRefused() throws IOException {
        String header = dict("<f8", false, "(2,)") + " ".repeat(10_000);
        assertRefused(file(2, header, doubles(3, 4)), "never more than 10000", "numpy.save");
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        for (int[] version : new int[][] {{0, 0}, {1, 1}, {4, 0}, {255, 0}, {3, 255}}) {
            byte[] content = GOOD.clone();
            content[6] = (byte) version[0];
            content[7] = (byte) version[1];
            assertRefused(content, "version is " + version[0] + "." + version[1], "1.0, 2.0 and 3.0");
        }
    }

    @Test
    void anotherFormatIsNamed() throws IOException {
        assertRefused(bytes('P', 'K', 3, 4, 0, 0, 0, 0, 0, 0), "not 0x93 and NUMPY", "Npz.read");
        assertRefused(bytes(0x80, 4, 0x95, 0, 0, 0), "looks like a pickle, which would run code", "numpy.save");
        assertRefused("1.0,2.0\n".getBytes(StandardCharsets.US_ASCII), "no array of NumPy's");
        assertRefused(new byte[0], "no array of NumPy's");
    }

    @Test
    void anIntegerThatADoubleDoesNotHoldIsRefused() throws IOException {
        assertRefused(
                file("<i8", "()", bytes(1, 0, 0, 0, 0, 0, 0x20, 0)),
                "9007199254740993 is beyond 2^53",
                "if rounding does no harm, save array.astype('float64')");
        assertRefused(
                file(">u8", "()", bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)),
                "18446744073709551615 is beyond 2^53");
    }

    @Test
    void aByteThatIsNeitherTrueNorFalseIsRefused() throws IOException {
        assertRefused(
                file("|b1", "(2,)", bytes(1, 2)),
                "the byte 2 is not a BOOL, which is 0 or 1; the file is corrupt: fetch it again");
    }

    @Test
    void aMessageShowsNothingThatATerminalObeys() throws IOException {
        Path file = Files.write(directory.resolve("x.npy"), file("<\u001b[31m" + "x".repeat(500), "()", new byte[8]));

        assertThatThrownBy(() -> Npy.read(file))
                .hasMessageContaining("'<?[31mxxx")
                .message()
                .doesNotContain("\u001b")
                .hasSizeLessThan(400 + file.toString().length());
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("missing.npy");

        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContainingAll(file.toString(), "check the path");
        assertThatThrownBy(() -> Npy.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
    }

    private void assertRefused(byte[] content, String... reasons) throws IOException {
        Path file = Files.write(directory.resolve("bad.npy"), content);
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("npy: " + file + ": ")
                .hasMessageContainingAll(reasons);
    }
}
