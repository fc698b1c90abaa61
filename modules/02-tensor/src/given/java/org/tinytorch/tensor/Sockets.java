// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Sockets.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** What is plugged into the two sockets. The only static mutable state besides autograd's no-grad flag. */
final class Sockets {
    private static volatile Backend backend;
    private static final Tape TAPE = ServiceLoader.load(Tape.class, Tape.class.getClassLoader())
            .findFirst()
            .orElseGet(NoTape::new);

    private Sockets() {}

    // Chosen at first use and not in the static initialiser, where a wrong name would surface as an
    // ExceptionInInitializerError.
    static Backend backend() {
        Backend current = backend;
        if (current == null) {
            current = choose(System.getProperty("tinytorch.backend", "auto"));
            backend = current;
        }
        return current;
    }

    static Backend use(Backend next) {
        Backend previous = backend();
        backend = next;
        return previous;
    }

    static Tape tape() {
        return TAPE;
    }

    static Backend choose(String name) {
        Map<String, Backend> byName = new LinkedHashMap<>();
        ServiceLoader.load(Backend.class, Backend.class.getClassLoader())
                .forEach(found -> byName.put(found.name(), found));
        if (name.equals("auto")) {
            return byName.values().stream().findFirst().orElseGet(Backend::reference);
        }
        byName.put("reference", Backend.reference());
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "backend: there is no '" + name + "' on the class path; -Dtinytorch.backend takes auto, "
                                + String.join(", ", byName.keySet())));
    }

    /** What stands in while module 07 is not on the class path. */
    private static final class NoTape implements Tape {
        @Override
        public Optional<GradFn> record(Operation op, Tensor out, Tensor... inputs) {
            return Optional.empty();
        }

        @Override
        public void backward(Tensor root, Tensor seed, boolean retainGraph) {
            throw new IllegalStateException(
                    "backward: nobody recorded the computation, because no Tape (module 07, autograd) is on the class path");
        }
    }
}
