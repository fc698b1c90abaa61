// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Sockets.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    static boolean hasTape() {
        return !(TAPE instanceof NoTape);
    }

    static Backend choose(String name) {
        Map<String, Backend> byName = new LinkedHashMap<>();
        List<ServiceConfigurationError> broken = new ArrayList<>();
        providers(byName, broken);
        if (name.equals("auto") && broken.isEmpty()) {
            return byName.values().stream().findFirst().orElseGet(Backend::reference);
        }
        byName.put("reference", Backend.reference());
        Backend chosen = byName.get(name);
        if (chosen == null) {
            Set<String> names = new LinkedHashSet<>(broken.isEmpty() ? Set.of("auto") : Set.of());
            names.addAll(byName.keySet());
            String what = broken.isEmpty()
                    ? "there is no '" + name + "' on the class path"
                    : "one on the class path cannot be loaded (" + broken.get(0).getMessage() + ")";
            throw new IllegalArgumentException(
                    "backend: " + what + "; -Dtinytorch.backend takes " + String.join(", ", names));
        }
        return chosen;
    }

    private static void providers(Map<String, Backend> byName, List<ServiceConfigurationError> broken) {
        ServiceLoader.load(Backend.class, Backend.class.getClassLoader()).stream()
                .forEach(provider -> {
                    try {
                        Backend found = provider.get();
                        byName.put(found.name(), found);
                    } catch (ServiceConfigurationError e) {
                        broken.add(e);
                    }
                });
    }

    /** What does not fit is the caller's mistake and said by the operation; any other failure is the backend's, and another may do better. */
    static Tensor compute(Operation op, Tensor... inputs) {
        Backend current = backend();
        try {
            return current.compute(op, inputs);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            if (current.name().equals("reference") || isFromLoops(e)) {
                throw e;
            }
            throw failure(current, op, e, inputs);
        }
    }

    /** Whether an operation's own loops raised it: whether a {@code forward} was called on the way from here. */
    private static boolean isFromLoops(RuntimeException e) {
        return Stream.of(e.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().equals(Sockets.class.getName()))
                .anyMatch(frame -> frame.getMethodName().equals("forward"));
    }

    private static IllegalStateException failure(Backend backend, Operation op, RuntimeException e, Tensor... inputs) {
        Map<String, Backend> others = new LinkedHashMap<>();
        providers(others, new ArrayList<>());
        others.put("reference", Backend.reference());
        others.remove(backend.name());
        String shapes = Stream.of(inputs).map(input -> input.shape().toString()).collect(Collectors.joining(", "));
        return new IllegalStateException(
                "backend '" + backend.name() + "' failed at " + op + " of " + shapes + ": " + e
                        + "; -Dtinytorch.backend takes others: " + String.join(", ", others.keySet()),
                e);
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
