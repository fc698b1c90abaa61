package org.tinytorch.milestones;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.tinytorch.tensor.Generator;
import org.tinytorch.transformer.TextGenerator;

/**
 * A model that writes while somebody reads along.
 *
 * @param generator has not seen the prompt, and remembers nothing of it
 * @param prompt what it goes on from
 */
record LiveWriter(TextGenerator generator, String prompt) {
    /**
     * Writes a text, and looks at the clock when the prompt is given, whenever a part of the text is on the screen, and at the end. So what the screen takes counts too.
     *
     * @param tokens how many
     * @param random draws them
     * @param screen is given each part of the text as soon as it is certain; may take its time
     * @param clock nanoseconds, as of {@link System#nanoTime}
     */
    LiveText write(int tokens, Generator random, Consumer<String> screen, LongSupplier clock) {
        long start = clock.getAsLong();
        Looks looks = new Looks(clock, start);
        int written = generator
                .maxTokens(tokens)
                .generate(prompt, random, part -> {
                    screen.accept(part);
                    looks.look();
                })
                .tokens();
        return new LiveText(written, looks.first, looks.longest, clock.getAsLong() - start);
    }

    /** When something came: after how long first, and the longest pause from one part to the next. */
    private static final class Looks {
        private final LongSupplier clock;
        private final long start;
        private long last;
        private long first;
        private long longest;
        private boolean began;

        Looks(LongSupplier clock, long start) {
            this.clock = clock;
            this.start = start;
        }

        void look() {
            long now = clock.getAsLong();
            if (began) {
                longest = Math.max(longest, now - last);
            } else {
                first = now - start;
                began = true;
            }
            last = now;
        }
    }
}
