package org.tinytorch.nn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * A piece of a network that computes one tensor from another and knows its parameters by name, like {@code torch.nn.Module}.
 *
 * <p>A subclass registers what it is made of in its constructor, and computes in {@link #compute}:
 *
 * <pre>{@code
 * final class Residual extends Layer {
 *     Residual(int width, Generator generator) {
 *         child("inner", new Linear(width, width, generator));
 *     }
 *
 *     protected Tensor compute(Tensor x) {
 *         return child("inner").forward(x).add(x); // by name, so that the child can be replaced
 *     }
 * }
 * }</pre>
 *
 * <p>Names are joined by dots: the weight above is {@code inner.weight}. Nothing is found by reflection; what is not registered does not learn and
 * is not saved. Not thread-safe.
 */
public abstract class Layer {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Layer> children = new LinkedHashMap<>();
    private final List<RegisteredHook> hooks = new ArrayList<>();
    private boolean training = true;

    /** For subclasses. A new layer is in training mode. */
    protected Layer() {}

    /**
     * Computes the output, and calls the hooks before and after; they hear of an exception, too, before it is passed on.
     *
     * @throws IllegalArgumentException if the input does not fit; the message names the layer, the shapes and the fix
     */
    public final Tensor forward(Tensor x) {
        return hooks.isEmpty() ? compute(x) : watched(x);
    }

    private Tensor watched(Tensor x) {
        List<RegisteredHook> watching = List.copyOf(hooks);
        try {
            watching.forEach(registered -> registered.hook.before(registered.path, this, x));
            Tensor y = compute(x);
            watching.forEach(registered -> registered.hook.after(registered.path, this, x, y));
            return y;
        } catch (Throwable e) {
            watching.forEach(registered -> registered.hook.failed(registered.path, this));
            throw e;
        }
    }

    /** What this layer does; called by {@link #forward}. */
    protected abstract Tensor compute(Tensor x);

    // ---- what a layer is made of

    /**
     * Registers a parameter. One parameter may be registered in several layers: they then share it.
     *
     * @return the parameter
     * @throws IllegalArgumentException if the name is empty, has a dot or is taken
     */
    protected final Parameter parameter(String name, Parameter parameter) {
        checkName(name);
        parameters.put(name, parameter);
        return parameter;
    }

    /**
     * Registers a tensor that is saved with the layer but does not learn, such as a running average. Write into it in place.
     *
     * @return the tensor
     * @throws IllegalArgumentException if the name is empty, has a dot or is taken, or the tensor asks for a gradient
     */
    protected final Tensor buffer(String name, Tensor buffer) {
        checkName(name);
        if (buffer.requiresGrad()) {
            throw new IllegalArgumentException(
                    "layer: buffer '" + name + "' asks for a gradient; register it as a parameter, or detach() it");
        }
        buffers.put(name, buffer);
        return buffer;
    }

    /**
     * Registers a layer inside this one.
     *
     * @return the child
     * @throws IllegalArgumentException if the name is empty, has a dot or is taken, or the child contains this layer
     */
    protected final <L extends Layer> L child(String name, L child) {
        checkName(name);
        checkNoCycle(name, child);
        children.put(name, child);
        return child;
    }

    private void checkName(String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException("layer: '" + name + "' is no name for a part of " + kind()
                    + "; use at least one character and no dot");
        }
        if (parameters.containsKey(name) || buffers.containsKey(name) || children.containsKey(name)) {
            throw new IllegalArgumentException(
                    "layer: " + kind() + " already has a part named '" + name + "'; names must differ");
        }
    }

    private void checkNoCycle(String name, Layer child) {
        if (child.namedLayers().containsValue(this)) {
            throw new IllegalArgumentException("layer: the child '" + name + "' (" + child.kind() + ") contains "
                    + kind() + " itself; a layer cannot be inside itself");
        }
    }

    /**
     * The layer at a dotted path, such as {@code encoder.0}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public final Layer child(String path) {
        Layer direct = children.get(path);
        if (direct != null) {
            return direct;
        }
        int dot = path.indexOf('.');
        Layer next = dot < 0 ? null : children.get(path.substring(0, dot));
        if (next == null) {
            throw new IllegalArgumentException(
                    "layer: " + kind() + " has no child '" + path + "'; it has " + children.keySet());
        }
        return next.child(path.substring(dot + 1));
    }

    /** The direct children by name, in the order of registration; a read-only view. */
    public final Map<String, Layer> children() {
        return Collections.unmodifiableMap(children);
    }

    /**
     * Puts another layer in the place of a descendant, for example a smaller one (module 17). The new one takes over the mode (training or not) of the old.
     *
     * @param path dotted
     * @return the layer that was there
     * @throws IllegalArgumentException if there is none, or the new one contains its parent
     */
    public final Layer replaceChild(String path, Layer replacement) {
        int dot = path.lastIndexOf('.');
        Layer parent = dot < 0 ? this : child(path.substring(0, dot));
        String name = path.substring(dot + 1);
        Layer old = parent.child(name);
        parent.checkNoCycle(name, replacement);
        replacement.train(old.training);
        parent.children.put(name, replacement);
        return old;
    }

    /** This layer (named by the empty string) and everything below it by dotted path, parents first. A layer used twice is listed once. */
    public final Map<String, Layer> namedLayers() {
        NamedParts<Layer> layers = new NamedParts<>();
        walk("", layers::add);
        return layers.found();
    }

    /**
     * Shows this layer to a visitor, under a path, and then everything below it: a layer before its children, children in the order of their registration.
     *
     * <p>A layer with the children {@code body} and {@code head}, of which {@code body} has a child {@code 0}, is shown under the path it was given; seen from
     * the empty path, the others are {@code body}, {@code body.0} and {@code head}.
     *
     * @param path where this layer stands; empty at the top
     * @param visitor is shown each layer with its path, and answers whether to go on below it
     */
    final void walk(String path, BiPredicate<String, Layer> visitor) {
        // region Task 4.6: walk down the tree of layers
        if (visitor.test(path, this)) {
            children.forEach((name, child) -> child.walk(join(path, name), visitor));
        }
        // endregion
    }

    /** All parameters by dotted name. One that is registered twice is listed once, under its first name. */
    public final Map<String, Parameter> namedParameters() {
        NamedParts<Parameter> parts = new NamedParts<>();
        namedLayers().forEach((path, layer) -> {
            layer.parameters.forEach((name, parameter) -> parts.add(join(path, name), parameter));
        });
        return parts.found();
    }

    /** All parameters, each once: what an optimiser takes. */
    public final List<Parameter> parameters() {
        return List.copyOf(namedParameters().values());
    }

    /** How many numbers learn: the sizes of all parameters, each counted once. */
    public final long parameterCount() {
        return count(parameters());
    }

    /** How many numbers are registered in this layer itself, without its children. */
    final long ownParameterCount() {
        return count(parameters.values());
    }

    private static long count(Collection<Parameter> parameters) {
        return parameters.stream().mapToLong(Parameter::size).sum();
    }

    /** A name below a path: {@code join("body", "0")} is {@code body.0}, and {@code join("", "body")} is {@code body}. */
    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Forgets the gradients of all parameters. */
    public final void zeroGrad() {
        parameters().forEach(Parameter::zeroGrad);
    }

    // ---- training and evaluation

    /** Puts this layer and everything below it into training mode. */
    public final Layer train() {
        return train(true);
    }

    /** Puts this layer and everything below it into evaluation mode: dropout rests, batch normalisation (module 09) uses its running averages. */
    public final Layer eval() {
        return train(false);
    }

    /**
     * Puts this layer and everything below it into training or evaluation mode.
     *
     * @return this
     */
    public final Layer train(boolean wanted) {
        namedLayers().values().forEach(layer -> layer.training = wanted);
        return this;
    }

    /** Puts this layer alone into a mode; going back to where layers differed would else undo what was set for a layer that several share. */
    final void trainAlone(boolean wanted) {
        training = wanted;
    }

    /** Whether this layer is in training mode. */
    public final boolean isTraining() {
        return training;
    }

    // ---- saving and loading

    /**
     * All parameters and buffers by dotted name. They share their numbers with the layer: {@code copy()} what should not change with training. Unlike
     * {@link #namedParameters()}, a tensor registered twice appears under both names.
     */
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        walk("", (path, layer) -> {
            layer.parameters.forEach((name, parameter) -> state.put(join(path, name), parameter.detach()));
            layer.buffers.forEach((name, buffer) -> state.put(join(path, name), buffer.detach()));
            return true; // also below a layer that was there before
        });
        return state;
    }

    /**
     * Overwrites all parameters and buffers, in place, with those of {@link #stateDict()}'s names.
     *
     * @throws IllegalArgumentException if a name is missing or unknown or a shape differs; all such problems are listed and nothing is loaded
     */
    public final void loadStateDict(Map<String, ? extends Tensor> state) {
        Map<String, Tensor> own = stateDict();
        String problems = StateProblems.between(own, state);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("loadStateDict: " + problems + "; nothing was loaded");
        }
        own.forEach((name, tensor) -> tensor.copyFrom(state.get(name)));
    }

    // ---- watching

    /**
     * Calls a hook after each forward pass of this layer, until the handle is closed.
     *
     * @return the handle; it may be ignored if the hook is to stay
     */
    public final ForwardHook.Handle onForward(ForwardHook hook) {
        return register("", hook);
    }

    /**
     * Calls a hook after each forward pass of this layer and of every layer that is below it now; inner layers report before outer ones.
     *
     * @return the handle that takes the hook away everywhere
     */
    public final ForwardHook.Handle onEachForward(ForwardHook hook) {
        List<ForwardHook.Handle> handles = new ArrayList<>();
        namedLayers().forEach((path, layer) -> handles.add(layer.register(path, hook)));
        return () -> handles.forEach(ForwardHook.Handle::close);
    }

    private ForwardHook.Handle register(String path, ForwardHook hook) {
        RegisteredHook registered = new RegisteredHook(path, hook);
        hooks.add(registered);
        return () -> hooks.remove(registered);
    }

    /** Compared by identity, so that a hook can be registered twice and taken away once. */
    private static final class RegisteredHook {
        private final String path;
        private final ForwardHook hook;

        private RegisteredHook(String path, ForwardHook hook) {
            this.path = path;
            this.hook = hook;
        }
    }

    /**
     * A table of the layers with the shapes they return and their parameters, found by sending zeros through in evaluation mode. The mode is restored.
     *
     * @param input the shape of the input, batch axis included
     */
    public final String summary(Shape input) {
        return Summary.of(this, input);
    }

    // ---- printing

    /** The options shown in parentheses by {@link #toString()}, such as {@code in=784, out=128}; empty unless overridden. */
    protected String options() {
        return "";
    }

    /** The simple name of the class. */
    final String kind() {
        String name = getClass().getSimpleName();
        return name.isEmpty() ? "Layer" : name;
    }

    /** The layer's kind and options, and its children indented below, one a line, as PyTorch prints them. */
    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder(kind()).append('(').append(options());
        children.forEach((name, child) -> text.append("\n  (")
                .append(name)
                .append("): ")
                .append(child.toString().replace("\n", "\n  ")));
        return text.append(children.isEmpty() ? ")" : "\n)").toString();
    }
}
