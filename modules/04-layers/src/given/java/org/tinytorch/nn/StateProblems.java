// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/StateProblems.java. Read it, don't edit it.
package org.tinytorch.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tinytorch.tensor.Tensor;

/** Says why a saved state does not fit, all reasons at once. */
final class StateProblems {
    private StateProblems() {}

    /** The problems in words, empty if there are none. */
    static String between(Map<String, Tensor> own, Map<String, ? extends Tensor> offered) {
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        own.forEach((name, tensor) -> {
            if (!offered.containsKey(name)) {
                missing.add(name);
            } else if (!offered.get(name).shape().equals(tensor.shape())) {
                misshapen.add(name + " is " + tensor.shape() + " here but "
                        + offered.get(name).shape() + " there");
            }
        });
        List<String> unexpected = offered.keySet().stream()
                .filter(name -> !own.containsKey(name))
                .map(String::valueOf)
                .toList();
        List<String> problems = new ArrayList<>();
        describe("missing: ", missing, problems);
        describe("unexpected: ", unexpected, problems);
        describe("shapes differ: ", misshapen, problems);
        return String.join("; ", problems);
    }

    private static void describe(String what, List<String> names, List<String> problems) {
        if (!names.isEmpty()) {
            problems.add(what + String.join(", ", names));
        }
    }
}
