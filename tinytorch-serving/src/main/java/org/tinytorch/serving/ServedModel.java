package org.tinytorch.serving;

import java.util.List;
import java.util.concurrent.Executor;
import org.tinytorch.interop.ImagePreprocessing;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.transformer.Gpt;

/**
 * What a package does for clients.
 *
 * @param route where it is asked
 * @param endpoint which answers there
 * @param does a sentence for who asks for something else
 * @param end ends what computes
 */
record ServedModel(Route route, Endpoint endpoint, String does, Runnable end) implements AutoCloseable {
    /**
     * Gets a model ready. A classifier computes once, which shows whether it fits its labels.
     *
     * @param executor writes answers
     * @throws IllegalArgumentException if the package lacks something
     */
    static ServedModel of(ModelPackage pack, ServerOptions options, ServerMetrics metrics, Executor executor) {
        pack.model().eval();
        return switch (pack.kind()) {
            case IMAGE_CLASSIFIER -> classifier(pack, options, metrics, executor);
            case LANGUAGE_MODEL -> languageModel(pack, options, metrics);
        };
    }

    private static ServedModel classifier(
            ModelPackage pack, ServerOptions options, ServerMetrics metrics, Executor executor) {
        ImagePreprocessing preprocessing = pack.preprocessing()
                .orElseThrow(() -> new IllegalArgumentException(
                        "server: the package has no preprocessing, which tells the shape of an image;"
                                + " write it again with ImagePreprocessing.none(shape)"));
        ImageModel model =
                new ImageModel(pack.model(), preprocessing, pack.labels().size());
        model.probabilities(List.of(new double[preprocessing.image().size()]));
        MicroBatcher batcher = new MicroBatcher(model, options.batches(), options.requests(), metrics::batch);
        metrics.gauge("tinytorch_queue_length", "Requests that wait for the model.", batcher::waiting);
        return new ServedModel(
                Route.CLASSIFY,
                new ClassifyEndpoint(preprocessing.image(), pack.labels(), batcher, options.requests(), executor),
                "this model classifies images; use " + Route.CLASSIFY.path(),
                batcher::close);
    }

    private static ServedModel languageModel(ModelPackage pack, ServerOptions options, ServerMetrics metrics) {
        Gpt gpt = pack.gpt();
        Generations generations = new Generations(options.generations(), options.requests(), metrics::token);
        metrics.gauge("tinytorch_queue_length", "Requests that wait for the model.", generations::waiting);
        metrics.gauge("tinytorch_generations_running", "Texts that are being written.", generations::running);
        return new ServedModel(
                Route.GENERATE,
                new GenerateEndpoint(gpt, pack.tokenizer().orElseThrow(), generations, options),
                "this model writes texts; use " + Route.GENERATE.path(),
                generations::close);
    }

    @Override
    public void close() {
        end.run();
    }
}
