package org.tinytorch.milestones;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.optim.Option;
import org.tinytorch.optim.ParameterGroup;

/** Says which parameters decay. */
final class WeightDecay {
    private WeightDecay() {}

    /** Only matrices and kernels decay: shrinking a bias or the scale of a norm makes no function simpler. */
    static List<ParameterGroup> ofMatrices(Layer network, double decay) {
        Map<Boolean, List<Parameter>> parts =
                network.parameters().stream().collect(Collectors.partitioningBy(each -> each.rank() > 1));
        return List.of(
                new ParameterGroup(parts.get(true)).set(Option.WEIGHT_DECAY, decay),
                new ParameterGroup(parts.get(false)).set(Option.WEIGHT_DECAY, 0));
    }
}
