package org.tinytorch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The dependency graph is the curriculum: package k uses packages numbered lower than k only. Stated once, here, where every jar is on the class path. */
class CurriculumOrderTest {
    private static final String ROOT = "org.tinytorch.";

    /** How many of the packages below are modules of the course. */
    static final int MODULES = 20;

    /** In the order of the course; {@code interop}, {@code serving} and the milestones stand above all twenty. */
    static final List<String> ORDER = List.of(
            "setup",
            "tensor",
            "activation",
            "nn",
            "loss",
            "optim",
            "autograd",
            "training",
            "spatial",
            "data",
            "tokenization",
            "embedding",
            "attention",
            "transformer",
            "acceleration",
            "caching",
            "precision",
            "compression",
            "benchmarking",
            "capstone",
            "interop",
            "serving",
            "milestones");

    private static final Map<String, Integer> LEVELS =
            IntStream.range(0, ORDER.size()).boxed().collect(Collectors.toMap(ORDER::get, i -> i + 1));

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("tests.jar"))
            .importPackages("org.tinytorch");

    @Test
    void packagesUseLowerNumbersOnly() {
        classes()
                .should(useLowerLevelsOnly())
                .because("what a package needs must have been taught before it")
                .check(LIBRARY);
    }

    @Test
    void theRuleSeesTheWholeLibrary() {
        Map<String, Long> counts =
                LIBRARY.stream().collect(Collectors.groupingBy(CurriculumOrderTest::module, Collectors.counting()));

        assertThat(counts.keySet())
                .as("packages that the rule looks at")
                .contains(
                        "setup",
                        "tensor",
                        "activation",
                        "nn",
                        "loss",
                        "optim",
                        "autograd",
                        "training",
                        "spatial",
                        "data",
                        "tokenization",
                        "embedding",
                        "attention",
                        "transformer",
                        "acceleration",
                        "caching",
                        "precision",
                        "compression",
                        "benchmarking",
                        "capstone",
                        "interop",
                        "serving",
                        "milestones");
        assertThat(counts)
                .allSatisfy((module, count) ->
                        assertThat(count).as("classes in " + module).isGreaterThanOrEqualTo(2));
        assertThat(LIBRARY).as("classes in all").hasSizeGreaterThan(150);
    }

    @Test
    void theRuleCatchesAStepBack() {
        JavaClass tensor = LIBRARY.get("org.tinytorch.tensor.Tensor");
        Dependency upwards = LIBRARY.get("org.tinytorch.autograd.Node").getDirectDependenciesFromSelf().stream()
                .filter(dependency -> dependency.getTargetClass().equals(tensor))
                .findFirst()
                .orElseThrow();

        assertThat(level(upwards.getOriginClass()))
                .as("autograd uses tensor, so it stands higher")
                .isGreaterThan(level(upwards.getTargetClass()));
        assertThat(breaksTheOrder(level(tensor), level(upwards.getOriginClass())))
                .as("tensor using autograd")
                .isTrue();
        assertThat(breaksTheOrder(level(tensor), level(tensor)))
                .as("tensor using itself")
                .isFalse();
    }

    private static ArchCondition<JavaClass> useLowerLevelsOnly() {
        return new ArchCondition<>("use packages with lower numbers only") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                origin.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(ROOT))
                        .filter(dependency -> breaksTheOrder(level(origin), level(dependency.getTargetClass())))
                        .map(Dependency::getDescription)
                        .forEach(description -> events.add(SimpleConditionEvent.violated(origin, description)));
            }
        };
    }

    private static boolean breaksTheOrder(int origin, int target) {
        return target > origin;
    }

    /** A package without a number fails the test that met it. */
    private static int level(JavaClass type) {
        Integer level = LEVELS.get(module(type));
        if (level == null) {
            throw new AssertionError(
                    "package org.tinytorch." + module(type) + " has no place in the curriculum; add it to the order");
        }
        return level;
    }

    private static String module(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length());
        return below.contains(".") ? below.substring(0, below.indexOf('.')) : below;
    }
}
