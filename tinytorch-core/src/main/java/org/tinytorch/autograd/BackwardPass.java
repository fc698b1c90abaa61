package org.tinytorch.autograd;

import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.tinytorch.tensor.GradFn;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * One walk from a result back to the leaves. The deepest node goes first, so that a node is visited once, after everything that used it, whatever the
 * shape of the graph; and no recursion, so that a chain of a million operations does not overflow the stack.
 *
 * <p>Leaves get their gradients at the end: if a derivative fails on the way, none has changed. One pass per set of parameters at a time.
 */
final class BackwardPass {
    private final boolean retainGraph;
    private final boolean reuseMemory;
    final PriorityQueue<Node> queue =
            new PriorityQueue<>(Comparator.comparingInt(Node::depth).reversed());
    final Map<Node, Tensor> atNodes = new HashMap<>();
    final Map<Tensor, Arrival> atLeaves = new IdentityHashMap<>();
    /** The memory that nobody but this pass holds, and at how many places a gradient in it waits. */
    private final Map<double[], Integer> held = new IdentityHashMap<>();

    /** A gradient that has come to a leaf, and whether nobody else holds it. */
    record Arrival(Tensor gradient, boolean owned) {}

    BackwardPass(boolean retainGraph) {
        this.retainGraph = retainGraph;
        this.reuseMemory = ReuseMemory.isActive() && !retainGraph;
    }

    void run(Tensor root, Tensor seed) {
        if (!root.requiresGrad()) {
            throw new IllegalStateException("backward: nothing was recorded for this tensor of shape " + root.shape()
                    + "; an input must have requiresGrad(true), outside NoGrad");
        }
        try (NoGrad scope = NoGrad.enter()) {
            arrive(root, seed, false);
            root.gradFn().ifPresent(fn -> node(fn).keepResult());
            walk();
            atLeaves.forEach(this::deposit);
        }
    }

    /** Takes the deepest waiting node, sends its gradient on to its inputs, and so on until none is left. */
    private void walk() {
        // region Task 7.8: walk back, the deepest node first
        while (!queue.isEmpty()) {
            Node node = queue.remove();
            Tensor g = atNodes.remove(node);
            Saved saved = node.saved();
            Tensor[] gradients = node.gradients(g);
            for (int i = 0; i < saved.count(); i++) {
                if (saved.needsGradient(i)) {
                    Tensor gradient = checked(gradients, i, saved, node);
                    arrive(saved.vertex(i), gradient, isFresh(gradient, g, saved, gradients));
                }
            }
            if (!retainGraph) {
                node.release();
            }
            sentOn(node, g);
        }
        // endregion
    }

    /** A gradient has been where it had to go. Its memory is given back, unless what came of it is in the same memory and waits elsewhere. */
    private void sentOn(Node node, Tensor g) {
        release(g);
        if (reuseMemory) {
            node.discardResult();
        }
    }

    /** Lets a gradient in, and notes what this pass holds: a sum is in new memory, and its parts are done with. */
    void arrive(Tensor tensor, Tensor gradient, boolean fresh) {
        Tensor before = waiting(tensor);
        if (fresh || held.containsKey(gradient.data())) {
            hold(gradient);
        }
        add(tensor, gradient, fresh);
        Tensor sum = waiting(tensor);
        if (before != null && sum != before && sum != gradient) {
            release(before);
            release(gradient);
            hold(sum);
        }
    }

    /** The gradient that waits at a tensor, or null. */
    private Tensor waiting(Tensor tensor) {
        if (tensor.gradFn().isPresent()) {
            return atNodes.get(node(tensor.gradFn().get()));
        }
        Arrival arrival = atLeaves.get(tensor);
        return arrival == null ? null : arrival.gradient();
    }

    private void hold(Tensor gradient) {
        held.merge(gradient.data(), 1, Integer::sum);
    }

    /** One place fewer at which a gradient waits. After the last one its memory is given back, if this pass holds it. */
    private void release(Tensor gradient) {
        Integer places = held.get(gradient.data());
        if (places == null) {
            return;
        }
        if (places > 1) {
            held.put(gradient.data(), places - 1);
        } else {
            held.remove(gradient.data());
            gradient.discard();
        }
    }

    /** Adds a gradient to what already waits at a tensor: at the node that made it, or at the leaf itself. */
    private void add(Tensor tensor, Tensor gradient, boolean fresh) {
        // region Task 7.7: gradients that meet are added
        if (tensor.gradFn().isPresent()) {
            Node node = (Node) tensor.gradFn().get();
            Tensor waiting = atNodes.get(node);
            if (waiting == null) {
                queue.add(node);
            }
            atNodes.put(node, waiting == null ? gradient : waiting.add(gradient));
        } else {
            Arrival waiting = atLeaves.get(tensor);
            atLeaves.put(
                    tensor,
                    waiting == null
                            ? new Arrival(gradient, fresh)
                            : new Arrival(waiting.gradient().add(gradient), true));
        }
        // endregion
    }

    /** Undoes broadcasting, and holds a custom function to its word. */
    private Tensor checked(Tensor[] gradients, int i, Saved saved, Node node) {
        if (gradients == null || i >= gradients.length || gradients[i] == null) {
            throw new IllegalStateException(
                    "backward of " + node.name() + ": there is no gradient for input " + i + ", which requires one");
        }
        if (!stretches(saved.shape(i), gradients[i].shape())) {
            throw new IllegalStateException("backward of " + node.name() + ": the gradient for input " + i
                    + " has shape " + gradients[i].shape() + ", but the input has " + saved.shape(i)
                    + "; return the input's shape, or one it was broadcast to");
        }
        Tensor gradient = Reduce.sumTo(gradients[i], saved.shape(i));
        return reuseMemory && isSaved(gradient, saved) ? gradient.copy() : gradient;
    }

    /** Whether a gradient is in the memory of a result, which will be used again. */
    private static boolean isSaved(Tensor gradient, Saved saved) {
        boolean shared = gradient.sharesStorageWith(saved.outputVertex());
        for (int i = 0; !shared && i < saved.count(); i++) {
            shared = gradient.sharesStorageWith(saved.vertex(i));
        }
        return shared;
    }

    /** Whether broadcasting can turn the one shape into the other. Without this check, a transposed gradient would be reshaped and pass for right. */
    private static boolean stretches(Shape from, Shape to) {
        boolean possible = from.rank() <= to.rank();
        for (int fromEnd = 1; possible && fromEnd <= from.rank(); fromEnd++) {
            possible = from.dim(-fromEnd) == 1 || from.dim(-fromEnd) == to.dim(-fromEnd);
        }
        return possible;
    }

    /**
     * Whether a gradient is in memory of its own, so that a leaf may keep it without a copy. Addition, for one, passes on what it got, to both sides. What a reshape passes on is in memory of its own if that is what
     * came in.
     */
    private boolean isFresh(Tensor gradient, Tensor g, Saved saved, Tensor[] gradients) {
        boolean shared = gradient.sharesStorageWith(saved.outputVertex())
                || (gradient.sharesStorageWith(g) && held.getOrDefault(g.data(), 0) != 1);
        int copies = 0;
        for (int i = 0; i < saved.count(); i++) {
            shared |= gradient.sharesStorageWith(saved.vertex(i));
            copies += i < gradients.length && gradients[i] != null && gradient.sharesStorageWith(gradients[i]) ? 1 : 0;
        }
        return !shared && copies <= 1;
    }

    private void deposit(Tensor leaf, Arrival arrival) {
        Tensor gradient = arrival.gradient();
        if (leaf.grad().isEmpty() && arrival.owned()) {
            leaf.collectGrad(gradient);
            return;
        }
        if (leaf.grad().isEmpty()) {
            leaf.collectGrad(gradient.copy());
        } else {
            double[] sum = leaf.grad().get().mutableData();
            double[] more = gradient.data();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += more[i];
            }
        }
        release(gradient);
    }

    /** The node of a recorded tensor. */
    static Node node(GradFn fn) {
        return (Node) fn;
    }
}
