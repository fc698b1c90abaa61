package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.ELU;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Identity;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.LeakyReLU;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.LogSoftmax;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.SiLU;
import org.tinytorch.nn.Sigmoid;
import org.tinytorch.nn.Softmax;
import org.tinytorch.nn.Softplus;
import org.tinytorch.nn.Tanh;
import org.tinytorch.spatial.AdaptiveAvgPool2d;
import org.tinytorch.spatial.AvgPool2d;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.ConvTranspose2d;
import org.tinytorch.spatial.Dropout2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.GlobalMaxPool2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** A model told as data, and built again. */
class ArchitectureTest {
    private static final Generator GENERATOR = new Generator(5);

    static Stream<Layer> layers() {
        return Stream.of(
                new Linear(3, 2, GENERATOR),
                new Linear(3, 2, false, GENERATOR),
                new Conv2d(2, 4, 3, GENERATOR),
                Conv2d.builder(2, 4, 3, 2)
                        .stride(2, 1)
                        .padding(1, 0)
                        .dilation(2, 3)
                        .groups(2)
                        .noBias()
                        .relu()
                        .build(GENERATOR),
                Conv2d.builder(1, 1, 2, 3).same().dilation(3, 1).build(GENERATOR),
                new BatchNorm1d(3, 1e-3, 0.2),
                new BatchNorm2d(3),
                new Identity(),
                new ReLU(),
                new GELU(),
                new GELU(GELU.Form.TANH),
                new Tanh(),
                new Sigmoid(),
                new SiLU(),
                new Softplus(),
                new LeakyReLU(0.2),
                new ELU(0.7),
                new Softmax(-1),
                new LogSoftmax(1),
                new MaxPool2d(3, 2, 1),
                new MaxPool2d(new Window(2, 2, 1, 0, 1), new Window(3, 1, 2, 1, 0)),
                new AvgPool2d(new Window(2, 3, 1, 1, 0), new Window(3, 1, 1, 1, 1)),
                new AdaptiveAvgPool2d(2, 3),
                new GlobalAvgPool2d(),
                new GlobalMaxPool2d(),
                new Flatten(-2),
                new Dropout(0.3, GENERATOR),
                new Dropout2d(0.4, GENERATOR),
                new Gpt(
                        GptConfig.llama(7, 5, 2, 4, 16)
                                .keyValueHeads(2)
                                .hidden(9)
                                .tied(false),
                        GENERATOR),
                Sequential.builder()
                        .add("body", new Sequential(new Linear(2, 2, GENERATOR), new Sequential(new Tanh())))
                        .add("head", new Linear(2, 1, GENERATOR))
                        .build(),
                new Sequential());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void eachKindIsBuiltAgain(Layer layer) {
        Architecture told = Architecture.of(layer);

        Layer back = told.build(layer.stateDict());

        Architecture.checkSame("", layer, back);
        assertThat(back).isNotSameAs(layer).hasToString(layer.toString());
        assertThat(Architecture.of(back)).isEqualTo(told);
        assertThat(back.stateDict().keySet()).isEqualTo(layer.stateDict().keySet());
        back.stateDict().forEach((name, tensor) -> assertThat(tensor.data())
                .as(name)
                .isEqualTo(layer.stateDict().get(name).data()));
    }

    @Test
    void everyLineOfTheTableIsTested() {
        assertThat(layers().flatMap(layer -> LayerKinds.of(layer).stream()).map(LayerKind::name))
                .containsAll(LayerKinds.names());
    }

    @Test
    void aLayerThatIsNotInTheTableIsRefusedByClassAndPath() {
        Layer model = Sequential.builder()
                .add("decoder", new Sequential(new ReLU(), new ConvTranspose2d(1, 1, 2, GENERATOR)))
                .build();

        assertThatThrownBy(() -> Architecture.of(model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "'decoder.1'",
                        "org.tinytorch.spatial.ConvTranspose2d",
                        "use layers of the kinds",
                        "LayerKinds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"in\" : 3 | \"in\" : -3 | \"in\" is -3; it must be a whole number from 1",
                "\"in\" : 3 | \"in\" : 0 | \"in\" is 0",
                "\"in\" : 3 | \"in\" : 3.0 | \"in\" is 3.0",
                "\"in\" : 3 | \"in\" : \"3\" | \"in\" is \"3\"",
                "\"in\" : 3 | \"in\" : 99999999999999999999 | \"in\" is 99999999999999999999",
                "\"in\" : 3 | \"in\" : 2147483647 | \"0.weight\" is (2, 3), but the config asks for [2, 2147483647]",
                "\"in\" : 3, | '' | \"in\" is missing",
                "\"in\" : 3 | \"in\" : 3, \"in\" : 3 | Duplicate field 'in'",
                "\"in\" : 3 | \"in\" : 3, \"out_\" : 3 | the field \"out_\" is unknown",
                "\"bias\" : true | \"bias\" : 1 | \"bias\" is 1; it must be true or false",
                "\"bias\" : true | \"bias\" : false | unexpected: 0.bias",
                "\"0\" | \"1\" | the weight \"1.weight\" of shape [2, 3]",
                "\"0\" | \"a.b\" | whose name is \"a.b\"",
                "\"0\" | \"\" | use at least one character and no dot",
                "\"linear\" | \"lambda\" | the kind \"lambda\", which is unknown",
                "\"linear\" | \"relu\" | the field \"in\" is unknown",
                "\"linear\" | \"java.lang.Runtime\" | which is unknown",
                "\"version\" : 1 | \"version\" : 2 | version 2 is not one that this library reads",
                "tinytorch-architecture | pickle | \"format\" is \"pickle\"",
                "} | }} | not JSON",
            })
    void nonsenseIsRefused(String old, String by, String message) {
        Layer model = new Sequential(new Linear(3, 2, GENERATOR));
        String json = Architecture.of(model).json();
        assertThat(json).contains(old);

        assertThatThrownBy(() -> new Architecture(json.replace(old, by)).build(model.stateDict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "vocabularySize, 7, 2147483647, tokens.weight",
        "contextLength, 5, 2147483647, positions.weight",
        "layers, 2, 2147483647, blocks.2.attention.queryKeyValue.weight",
        "hidden, 24, 2147483647, blocks.0.feedForward.expand.weight",
        "width, 6, 2147483646, tokens.weight",
        "heads, 2, 4, multiple",
        "keyValueHeads, 2, 1, blocks.0.attention.queryKeyValue.weight",
        "dropout, 0.0, 1e400, dropout",
        "dropout, 0.0, -1, dropout",
    })
    void aGptIsNoLargerThanItsWeights(String field, String old, String by, String message) {
        Gpt model = new Gpt(GptConfig.gpt2(7, 5, 2, 2, 6), GENERATOR);
        String json = Architecture.of(model).json();
        String before = "\"" + field + "\" : " + old;
        assertThat(json).contains(before);

        assertThatThrownBy(() ->
                        new Architecture(json.replace(before, "\"" + field + "\" : " + by)).build(model.stateDict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aTableOfPositionsHasALimit() {
        Gpt model = new Gpt(GptConfig.llama(7, 5, 1, 2, 8), GENERATOR);
        String json = Architecture.of(model).json().replace("\"contextLength\" : 5", "\"contextLength\" : 2000000000");

        assertThatThrownBy(() -> new Architecture(json).build(model.stateDict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a table of positions");
    }

    @Test
    void aConvolutionIsNoLargerThanItsWeights() {
        Layer model = Conv2d.builder(2, 2, 3).build(GENERATOR);
        String json = Architecture.of(model).json();
        Map<String, Tensor> weights = model.stateDict();

        assertThatThrownBy(() -> build(json, "\"size\" : 3", "\"size\" : 30000", weights))
                .hasMessageContaining("the config asks for [2, 2, 30000, 30000]");
        assertThatThrownBy(() -> build(json, "\"groups\" : 1", "\"groups\" : 2147483647", weights))
                .hasMessageContaining("the config asks for [2, 0, 3, 3]");
        assertThatThrownBy(() -> build(json, "\"before\" : 0", "\"before\" : 1", weights))
                .hasMessageContaining("neither the same on both sides nor what keeps the size");
        assertThatThrownBy(() -> build(json, "\"stride\" : 1", "\"stride\" : 0", weights))
                .hasMessageContaining("\"stride\" is 0");
    }

    private static Layer build(String json, String old, String by, Map<String, Tensor> weights) {
        assertThat(json).contains(old);
        return new Architecture(json.replace(old, by)).build(weights);
    }

    @Test
    void weightsThatAreTooManyAreRefused() {
        Architecture relu = Architecture.of(new ReLU());

        assertThatThrownBy(() -> relu.build(Map.of("w", Tensors.scalar(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unexpected: w");
    }

    @Test
    void aTextThatIsNestedTooDeeplyIsRefused() {
        Layer model = new ReLU();
        for (int i = 0; i < 40; i++) {
            model = new Sequential(model);
        }
        Architecture deep = Architecture.of(model);

        assertThatThrownBy(() -> deep.build(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nesting depth");
    }
}
