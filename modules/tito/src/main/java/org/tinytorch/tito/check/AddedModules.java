package org.tinytorch.tito.check;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;
import org.tinytorch.tito.course.CourseModule;

/**
 * Modules of the JDK that a module of the course asks for with {@code --add-modules} in its {@code module.yaml}, the Vector API of modules 15 and up. One that this JDK does not have is not asked
 * for, since Java would not start.
 */
public final class AddedModules {

    private static final String OPTION = "--add-modules";

    private AddedModules() {}

    /**
     * The flags of a JVM that runs the module's code.
     *
     * @param module the module
     * @return those of its {@code module.yaml}, without modules that this JDK does not have
     */
    public static List<String> jvm(CourseModule module) {
        List<String> flags = new ArrayList<>();
        List<String> wanted = module.metadata().jvm();
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).equals(OPTION)) {
                flags.add(wanted.get(i));
            } else if (i + 1 < wanted.size()) {
                i++;
                if (has(wanted.get(i))) {
                    flags.addAll(List.of(OPTION, wanted.get(i)));
                }
            }
        }
        return flags;
    }

    /**
     * The options of a compiler, or of jshell, that compiles the module's code.
     *
     * @param module the module
     * @return pairs of {@code --add-modules} and a name
     */
    public static List<String> compiler(CourseModule module) {
        List<String> flags = jvm(module);
        List<String> options = new ArrayList<>();
        for (int i = 0; i < flags.size(); i++) {
            if (flags.get(i).equals(OPTION)) {
                options.addAll(flags.subList(i, i + 2));
            }
        }
        return options;
    }

    /** Whether this JDK has all that the module asks for. */
    static boolean complete(CourseModule module) {
        return jvm(module).equals(module.metadata().jvm());
    }

    private static boolean has(String name) {
        return ModuleFinder.ofSystem().find(name).isPresent();
    }
}
