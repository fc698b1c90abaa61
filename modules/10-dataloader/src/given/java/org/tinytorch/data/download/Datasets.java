// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/Datasets.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data sets that can be fetched, with the sizes and checksums of the official files. The SHA-256 values are those by which torchvision and other
 * libraries know the files; the MD5 values within CIFAR-10 are of the files themselves.
 */
public final class Datasets {
    private static final long BATCH_BYTES = 30_730_000;
    private static final long SMALL_TEXT = 1 << 16;

    /** CIFAR-10, binary version: Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009). */
    public static final RemoteDataset CIFAR10 = new RemoteDataset(
            "cifar10",
            "CIFAR-10, binary version: 60,000 colour images of 32 by 32 pixels in ten classes",
            "No licence is stated; cite Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009).",
            URI.create("https://www.cs.toronto.edu/~kriz/"),
            List.of(new RemoteFile(
                    "cifar-10-binary.tar.gz",
                    170_052_171,
                    Checksum.sha256("c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"))),
            Optional.of(new ArchiveLayout(
                    "cifar-10-batches-bin",
                    List.of(
                            batch("data_batch_1.bin", "5dd7e06a14cb22eb9f671a540d1b7c25"),
                            batch("data_batch_2.bin", "5ea93a67294ea407fff1d09f752e9692"),
                            batch("data_batch_3.bin", "942cd6a4bcdd0dd3c604fbe906cb4421"),
                            batch("data_batch_4.bin", "ae636b3ba5c66a11e91e8cb52e771fcb"),
                            batch("data_batch_5.bin", "53f37980c15c3d472c316c40844f3f0d"),
                            batch("test_batch.bin", "803d5f7f4d78ea53de84dbe85f74fb6d")),
                    Map.of("batches.meta.txt", SMALL_TEXT, "readme.html", SMALL_TEXT))));

    /** MNIST: LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition (1998). */
    public static final RemoteDataset MNIST = new RemoteDataset(
            "mnist",
            "MNIST: 70,000 handwritten digits of 28 by 28 pixels",
            "No licence is stated; cite LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document"
                    + " recognition (1998).",
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            List.of(
                    idx(
                            "train-images-idx3-ubyte.gz",
                            9_912_422,
                            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    idx(
                            "train-labels-idx1-ubyte.gz",
                            28_881,
                            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                    idx(
                            "t10k-images-idx3-ubyte.gz",
                            1_648_877,
                            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    idx(
                            "t10k-labels-idx1-ubyte.gz",
                            4_542,
                            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
            Optional.empty());

    /** Fashion-MNIST: Xiao, Rasul, Vollgraf (2017). */
    public static final RemoteDataset FASHION_MNIST = new RemoteDataset(
            "fashion-mnist",
            "Fashion-MNIST: 70,000 pictures of clothes of 28 by 28 pixels in ten classes",
            "MIT licence, Zalando SE; cite Xiao, Rasul and Vollgraf, Fashion-MNIST (2017).",
            URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            List.of(
                    idx(
                            "train-images-idx3-ubyte.gz",
                            26_421_880,
                            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                    idx(
                            "train-labels-idx1-ubyte.gz",
                            29_515,
                            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                    idx(
                            "t10k-images-idx3-ubyte.gz",
                            4_422_102,
                            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                    idx(
                            "t10k-labels-idx1-ubyte.gz",
                            5_148,
                            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
            Optional.empty());

    private Datasets() {}

    /** All of them. */
    public static List<RemoteDataset> all() {
        return List.of(CIFAR10, MNIST, FASHION_MNIST);
    }

    /** The one with a name, such as {@code fashion-mnist}. */
    public static Optional<RemoteDataset> named(String name) {
        return all().stream().filter(dataset -> dataset.name().equals(name)).findFirst();
    }

    private static RemoteFile batch(String name, String md5) {
        return new RemoteFile(name, BATCH_BYTES, Checksum.md5(md5));
    }

    private static RemoteFile idx(String name, long bytes, String sha256) {
        return new RemoteFile(name, bytes, Checksum.sha256(sha256));
    }
}
