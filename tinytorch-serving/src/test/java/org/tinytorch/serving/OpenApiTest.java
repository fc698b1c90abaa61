package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.transformer.Sampler;

/** The description says what the server does, and nothing else. */
class OpenApiTest {
    private static final JsonNode DOCUMENT =
            Client.json(new String(Resources.read("openapi.json").orElseThrow(), StandardCharsets.UTF_8));

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static JsonNode at(String pointer) {
        JsonNode node = DOCUMENT.at(pointer);
        assertThat(node.isMissingNode()).as(pointer + " is missing").isFalse();
        return node;
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void check(String schema, JsonNode value) {
        ObjectNode root = StrictJson.object().put("$ref", "#/components/schemas/" + schema);
        root.set("components", DOCUMENT.path("components"));
        assertThat(SCHEMAS.getSchema(root).validate(value))
                .as(schema + ": " + value)
                .isEmpty();
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Client.json(answer);
    }

    @Test
    void itIsOfVersion31() {
        assertThat(at("/openapi").asText()).startsWith("3.1.");
        assertThat(at("/info/title").asText()).isNotBlank();
        assertThat(at("/info/version").asText()).isNotBlank();
    }

    @Test
    void itHasThePathsAndMethodsOfTheServer() {
        Set<String> described = new TreeSet<>();
        for (String path : names(at("/paths"))) {
            for (String method : names(DOCUMENT.path("paths").path(path))) {
                described.add(method + " " + path.replace("{file}", ""));
            }
        }
        Set<String> served = new TreeSet<>();
        for (Route route : Route.values()) {
            served.add(route.method().toLowerCase(Locale.ROOT) + " " + route.path());
        }

        assertThat(described).isEqualTo(served);
    }

    static Stream<String> references() {
        return DOCUMENT.findValuesAsText("$ref").stream().distinct();
    }

    @ParameterizedTest
    @MethodSource("references")
    void whatIsReferredToIsThere(String reference) {
        assertThat(reference).startsWith("#/");
        at(reference.substring(1));
    }

    static Stream<String> schemas() {
        return names(DOCUMENT.at("/components/schemas")).stream();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void eachSchemaIsOne(String name) {
        JsonNode schema = at("/components/schemas/" + name);

        assertThat(SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(schema))
                .isEmpty();
    }

    @Test
    void aGenerationHasTheFieldsAndDefaultsOfTheServer() {
        JsonNode properties = at("/components/schemas/GenerationRequest/properties");
        GenerationRequest least = GenerationRequest.parse(
                "{\"prompt\":\"a\"}".getBytes(StandardCharsets.UTF_8), GenerationLimits.defaults());

        assertThat(names(properties)).isEqualTo(new TreeSet<>(GenerationRequest.FIELDS));
        assertThat(least)
                .isEqualTo(new GenerationRequest(
                        "a",
                        properties.at("/max_tokens/default").intValue(),
                        new Sampler(
                                properties.at("/temperature/default").doubleValue(),
                                properties.at("/top_k/default").intValue(),
                                properties.at("/top_p/default").doubleValue(),
                                properties.at("/repetition_penalty/default").doubleValue()),
                        List.of(),
                        OptionalLong.empty(),
                        properties.at("/stream/default").booleanValue(),
                        properties.at("/attention/default").booleanValue()));
    }

    @Test
    void aClassifiersAnswersAreAsDescribed() throws IOException {
        try (ModelServer server = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0))) {
            Client client = new Client(server);
            String image = Client.grey(8, 8, 0.5);

            check("Image", Client.json(image));
            check("ImageClassifier", json(client.get("v1/model"), 200));
            check("Classification", json(client.post("v1/classify", image), 200));
            check("Health", json(client.get("health"), 200));
            check("Error", json(client.post("v1/classify", "{}"), 400));
            check("Error", json(client.get("nothing"), 404));
            check("Error", json(client.get("v1/classify"), 405));
            assertThat(json(client.get("openapi.json"), 200)).isEqualTo(DOCUMENT);
        }
    }

    @Test
    void aLanguageModelsAnswersAreAsDescribed() throws IOException {
        try (ModelServer server = ModelServer.start(
                "letters", Models.letters(), ServerOptions.defaults().port(0))) {
            Client client = new Client(server);
            String request = "{\"prompt\":\"a\",\"max_tokens\":5,\"temperature\":0.5,\"top_k\":9,\"top_p\":0.5,"
                    + "\"repetition_penalty\":2,\"stop\":[\"xyz\"],\"seed\":1,\"stream\":STREAM,\"attention\":STREAM}";
            String streamed = request.replace("STREAM", "true");
            String whole = request.replace("STREAM", "false");
            List<String> seen = new ArrayList<>();

            check("GenerationRequest", Client.json(streamed));
            check("LanguageModel", json(client.get("v1/model"), 200));
            check("GeneratedText", json(client.post("v1/generate", whole), 200));
            for (Event event : Event.all(client.post("v1/generate", streamed).body())) {
                String name = event.name();
                check(Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Event", event.data());
                seen.add(name);
            }
            assertThat(seen).containsExactly("prompt", "token", "token", "token", "token", "token", "done");
        }
    }

    @Test
    void postsSayWhatCanGoWrong() {
        for (String path : List.of("/v1/classify", "/v1/generate")) {
            assertThat(names(DOCUMENT.path("paths").path(path).path("post").path("responses")))
                    .containsExactly("200", "400", "403", "404", "408", "413", "415", "429", "500", "503");
        }
    }
}
