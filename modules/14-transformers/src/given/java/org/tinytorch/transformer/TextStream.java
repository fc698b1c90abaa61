// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/TextStream.java. Read it, don't edit it.
package org.tinytorch.transformer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.tinytorch.tokenization.StreamingDecoder;
import org.tinytorch.tokenization.Tokenizer;

/** The way of drawn tokens into a text, which is handed over piece by piece as soon as each is certain, and ends before a stop. */
public final class TextStream {
    private final StreamingDecoder decoder;
    private final StopSequences stopping;
    private final OptionalInt stopToken;
    private final Consumer<String> parts;
    private final StringBuilder text = new StringBuilder();
    private int drawn;
    private Optional<GeneratedText.End> end = Optional.empty();

    /**
     * A text without a character yet.
     *
     * @param stops strings before which the text ends; none is empty
     * @param stopToken a token before which it ends
     * @param parts gets the text piece by piece
     */
    public TextStream(Tokenizer tokenizer, List<String> stops, OptionalInt stopToken, Consumer<String> parts) {
        this.decoder = new StreamingDecoder(tokenizer);
        this.stopping = new StopSequences(stops);
        this.stopToken = stopToken;
        this.parts = parts;
    }

    /**
     * Adds a token.
     *
     * @throws IllegalStateException if the text has ended
     */
    public void accept(int id) {
        if (ended()) {
            throw new IllegalStateException("text stream: the text has ended; begin another stream");
        }
        drawn++;
        if (stopToken.isPresent() && stopToken.getAsInt() == id) {
            end(GeneratedText.End.STOP_TOKEN);
            return;
        }
        write(stopping.accept(decoder.accept(id)));
        if (stopping.stopped()) {
            end = Optional.of(GeneratedText.End.STOP_SEQUENCE);
        }
    }

    /** How many tokens have come, a stop token among them. */
    public int tokens() {
        return drawn;
    }

    /** Whether a stop was met, or the stream was finished. */
    public boolean ended() {
        return end.isPresent();
    }

    /** The whole text; if no stop was met, it ends here because it is long enough. */
    public GeneratedText finish() {
        if (!ended()) {
            end(GeneratedText.End.LENGTH);
        }
        return new GeneratedText(text.toString(), drawn, end.orElseThrow());
    }

    /** Hands over what was held back. */
    private void end(GeneratedText.End why) {
        write(stopping.accept(decoder.finish()));
        write(stopping.finish());
        end = Optional.of(why);
    }

    private void write(String part) {
        if (!part.isEmpty()) {
            text.append(part);
            parts.accept(part);
        }
    }
}
