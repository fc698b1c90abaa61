package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MilestonesTest {
    @Test
    void withoutANameItListsThem() {
        MilestoneRun run = MilestoneRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("which milestone?")
                .contains("perceptron")
                .contains("xor")
                .contains("digits")
                .contains("cifar10")
                .contains("gpt")
                .contains("speedup")
                .contains("compress")
                .contains("capstone");
    }

    @Test
    void anUnknownNameIsAnswered() {
        MilestoneRun run = MilestoneRun.of("imagenet");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("imagenet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"perceptron", "xor", "digits", "cifar10", "gpt", "speedup", "compress", "capstone"})
    void everyMilestoneExplainsItself(String name) {
        MilestoneRun run = MilestoneRun.of(name, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Usage: milestone " + name)
                .contains("--classroom")
                .contains("--seed");
    }

    @Test
    void aFailureShowsNoStackTraceUnlessAskedFor() throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Milestones.class.getResource("/logback.xml"));

        assertThat(context.getLogger(Milestones.class).isDebugEnabled())
                .as("debug messages, which hold stack traces")
                .isFalse();
        assertThat(context.getLogger(Milestones.class).isWarnEnabled()).isTrue();
        context.stop();
    }
}
