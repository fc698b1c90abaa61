package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.tinytorch.tokenization.BpeTrainer;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Gpt2Files;
import org.tinytorch.tokenization.Tokenizer;

/** What the model's tokens are. */
enum GptTokenizers {
    /** A token for each character of the text. */
    CHAR,
    /** Byte pairs, learned from the training part. */
    BPE,
    /** GPT-2's own byte pairs, from its two files. */
    GPT2;

    /**
     * A tokenizer.
     *
     * @param whole the text with everything that will have to be written
     * @param training the part to learn from
     * @param vocabulary how many tokens to learn
     * @param files where GPT-2's are
     * @throws IOException if they are needed and cannot be read
     */
    Tokenizer make(String whole, String training, int vocabulary, Optional<Path> files) throws IOException {
        return switch (this) {
            case CHAR -> CharTokenizer.of(whole);
            case BPE -> BpeTrainer.ofVocabularySize(vocabulary).train(training);
            case GPT2 -> Gpt2Files.load(files.orElseThrow());
        };
    }

    /** As the user types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
