package org.tinytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** A milestone runs on what a student has written as soon as its module is done, so it must begin without the modules behind that one. */
class MilestoneUnlockTest {
    private static final Pattern NUMBER = Pattern.compile("^number: (\\d+)$", Pattern.MULTILINE);
    private static final Pattern UNLOCKED = Pattern.compile("^milestones: \\[(.+)]$", Pattern.MULTILINE);

    /** picocli looks at every field and method of a command, so help needs what a milestone cannot begin without. */
    @TestFactory
    Stream<DynamicTest> milestonesBeginWithoutLaterModules() throws IOException {
        Map<String, Integer> unlocked = unlocked();
        assertThat(unlocked).as("milestones that a module unlocks").containsKeys("xor", "gpt", "compress");
        return unlocked.entrySet().stream()
                .map(milestone -> DynamicTest.dynamicTest(
                        milestone.getKey() + " with modules 1 to " + milestone.getValue(),
                        () -> assertThat(help(milestone.getKey(), milestone.getValue()))
                                .as("exit code of milestone %s --help", milestone.getKey())
                                .isZero()));
    }

    /** The module that unlocks each milestone. */
    private static Map<String, Integer> unlocked() throws IOException {
        Map<String, Integer> unlocked = new TreeMap<>();
        try (Stream<Path> modules = Files.list(Path.of("..", "modules"))) {
            for (Path file : modules.map(module -> module.resolve("module.yaml"))
                    .filter(Files::exists)
                    .toList()) {
                String text = Files.readString(file);
                Matcher names = UNLOCKED.matcher(text);
                Matcher number = NUMBER.matcher(text);
                if (names.find() && number.find()) {
                    for (String name : names.group(1).split(", *", -1)) {
                        unlocked.put(name, Integer.parseInt(number.group(1)));
                    }
                }
            }
        }
        return unlocked;
    }

    private static int help(String milestone, int modules) throws ReflectiveOperationException {
        Class<?> milestones = new FirstModules(modules).loadClass("org.tinytorch.milestones.Milestones");
        Method forArguments = milestones.getDeclaredMethod("forArguments", String[].class);
        forArguments.setAccessible(true);
        String[] arguments = {milestone, "--help"};
        CommandLine line = (CommandLine) forArguments.invoke(null, (Object) arguments);
        return line.setOut(new PrintWriter(Writer.nullWriter())).execute(arguments);
    }

    /** All classes of TinyTorch but those of the modules behind one. */
    private static final class FirstModules extends ClassLoader {
        private static final String ROOT = "org.tinytorch.";
        private final List<String> later;

        FirstModules(int modules) {
            super(FirstModules.class.getClassLoader());
            later = CurriculumOrderTest.ORDER.subList(modules, CurriculumOrderTest.MODULES).stream()
                    .map(name -> ROOT + name + ".")
                    .toList();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(ROOT)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            if (later.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name + " is of a later module");
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
