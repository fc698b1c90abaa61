package org.tinytorch.tito;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tito milestone NAME}: builds what is missing, then runs a milestone with the finished library. */
@Command(
        name = "milestone",
        mixinStandardHelpOptions = true,
        description = {
            "Run a milestone with the finished library, building what is missing first.",
            "Without a name: list the milestones. Options after the name go to the milestone: ./tito milestone xor --help"
        })
final class MilestoneCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "NAME [OPTION…]", description = "The milestone, and its own options.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return MilestonesProgram.run("org.tinytorch.milestones.Milestones", arguments);
    }
}
