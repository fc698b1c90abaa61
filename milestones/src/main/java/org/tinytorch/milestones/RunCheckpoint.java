package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tinytorch.training.Trainer;
import org.tinytorch.training.TrainerBuilder;

/**
 * Where a long training is saved after each epoch, so that {@code --resume} can go on with it.
 *
 * @param file in a folder that exists
 * @param epoch what an epoch is called
 * @param settings with which the run was started; it goes on with the same ones only
 */
record RunCheckpoint(Path file, String epoch, Map<String, String> settings) {
    /** Has a trainer save there. */
    void saveFrom(TrainerBuilder builder) {
        builder.checkpoint(file);
        settings.forEach(builder::setting);
    }

    /** Whether an earlier run left something. */
    boolean exists() {
        return Files.exists(file);
    }

    /**
     * Goes back to what was saved.
     *
     * @throws IOException if there is nothing, it is damaged, or of another run; the message says what to do
     */
    void resume(Trainer trainer) throws IOException {
        if (!exists()) {
            throw new IOException("--resume: there is no " + file + "; one is saved after each " + epoch
                    + ". Start without --resume, or name its folder with --out");
        }
        List<String> differences = differences();
        if (!differences.isEmpty()) {
            throw new IOException("--resume: " + file + " is of another run: " + String.join("; ", differences)
                    + ". Give the options that it was started with");
        }
        trainer.resume(file);
    }

    /**
     * In which settings what is saved differs from this run.
     *
     * @throws IOException if there is nothing, or it is damaged
     */
    List<String> differences() throws IOException {
        return SavedRun.read(file).differences(settings);
    }

    /** What becomes of an earlier run that is not gone on with. */
    String willBeReplaced() {
        return file + " is of an earlier run; the first " + epoch + " replaces it. (--resume goes on with it instead.)";
    }

    /** What Ctrl-C leaves of a milestone that {@code --resume} goes on with. */
    List<String> interrupted(int done, int all) {
        return interrupted(done, all, "To go on, give the same options and --resume.");
    }

    /**
     * What Ctrl-C leaves.
     *
     * @param done epochs that are saved
     * @param all epochs
     * @param goOn how to go on, if one is saved
     */
    List<String> interrupted(int done, int all, String goOn) {
        return done == 0
                ? List.of("Interrupted in the first " + epoch + ", before anything was saved: start again.")
                : List.of(
                        String.format(
                                Locale.ROOT,
                                "Interrupted. %s holds the run as it was after %s %d of %d; what came later is not kept.",
                                file,
                                epoch,
                                done,
                                all),
                        goOn);
    }
}
