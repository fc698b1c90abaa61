package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.tensor.Generator;
import org.tinytorch.transformer.GeneratedText;
import org.tinytorch.transformer.Sampler;
import org.tinytorch.transformer.TextGenerator;

/** {@code POST /v1/generate}. */
class GenerateTest {
    private static final ModelPackage LETTERS = Models.letters();
    private static final ModelPackage BYTES = Models.bytes();

    private static ModelServer letters;
    private static ModelServer bytes;
    private static Client client;
    private static Client ofBytes;

    @BeforeAll
    static void start() throws IOException {
        ServerOptions options = ServerOptions.defaults().port(0).generations(limits -> limits.tokens(300)
                .promptCharacters(100));
        letters = ModelServer.start("letters", LETTERS, options);
        bytes = ModelServer.start("bytes", BYTES, options);
        client = new Client(letters);
        ofBytes = new Client(bytes);
    }

    @AfterAll
    static void stop() {
        letters.close();
        bytes.close();
    }

    private static List<Event> events(Client asked, String json) {
        HttpResponse<String> answer = asked.post("v1/generate", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return Event.all(answer.body());
    }

    private static JsonNode whole(Client asked, String json) {
        HttpResponse<String> answer = asked.post("v1/generate", json.replaceFirst("\\{", "{\"stream\":false,"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return Client.json(answer);
    }

    private static TextGenerator generator(ModelPackage pack) {
        int context = pack.gpt().config().contextLength();
        return TextGenerator.of(
                CachedLanguageModel.of(pack.gpt()).dropping(context / 4),
                pack.tokenizer().orElseThrow());
    }

    @Test
    void aTextIsWhatATextGeneratorWrites() {
        GeneratedText expected = generator(LETTERS)
                .sampler(new Sampler(0.8, 10, 0.9, 1.1))
                .maxTokens(50)
                .generate("once", new Generator(5));
        String json = "{\"prompt\":\"once\",\"max_tokens\":50,\"temperature\":0.8,\"top_k\":10,\"top_p\":0.9,"
                + "\"repetition_penalty\":1.1,\"seed\":5}";
        List<Event> events = events(client, json);
        JsonNode done = Event.last(events).data();

        assertThat(Event.text(events)).isEqualTo(expected.text());
        assertThat(Event.tokens(events)).hasSize(50);
        assertThat(events).hasSize(51);
        assertThat(Event.last(events).name()).isEqualTo("done");
        assertThat(done.path("tokens").asInt()).isEqualTo(50);
        assertThat(done.path("finish_reason").asText()).isEqualTo("length");
        assertThat(done.path("seconds").isNumber()).isTrue();
        assertThat(done.path("tokens_per_second").asDouble()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, -9_000_000_000_000_000_000L})
    void theWholeTextIsTheStreamedOne(long seed) {
        String json = "{\"prompt\":\"a\",\"max_tokens\":40,\"seed\":" + seed + "}";
        JsonNode whole = whole(client, json);

        assertThat(whole.path("text").asText())
                .isEqualTo(Event.text(events(client, json)))
                .hasSize(40);
        assertThat(whole.path("tokens").asInt()).isEqualTo(40);
        assertThat(whole.path("finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void charactersOfSeveralTokensAreNeverCut() {
        String json = "{\"prompt\":\"é\",\"max_tokens\":300,\"seed\":4}";
        GeneratedText expected = generator(BYTES).maxTokens(300).generate("é", new Generator(4));
        List<Event> events = events(ofBytes, json);

        assertThat(Event.text(events)).isEqualTo(expected.text());
        assertThat(Event.tokens(events)).hasSize(300).anySatisfy(event -> assertThat(
                        event.data().path("text").asText())
                .isEmpty());
        assertThat(whole(ofBytes, json).path("text").asText()).isEqualTo(expected.text());
    }

    @Test
    void aStopEndsTheTextBeforeIt() {
        String open = Event.text(events(client, "{\"prompt\":\"a\",\"max_tokens\":60,\"seed\":1}"));
        String stop = open.substring(20, 23);
        String json = "{\"prompt\":\"a\",\"max_tokens\":60,\"seed\":1,\"stop\":[\"never\",\""
                + stop.replace("\n", "\\n") + "\"]}";
        List<Event> events = events(client, json);

        assertThat(Event.text(events)).isEqualTo(open.substring(0, open.indexOf(stop)));
        assertThat(Event.last(events).data().path("finish_reason").asText()).isEqualTo("stop");
        assertThat(whole(client, json).path("finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void attentionTellsWhatEachTokenLookedAt() {
        String json = "{\"prompt\":\"once\",\"max_tokens\":40,\"seed\":5}";
        List<Event> events = events(client, json.replace("}", ",\"attention\":true}"));
        List<Integer> seen = new ArrayList<>();

        assertThat(events.get(0).name()).isEqualTo("prompt");
        assertThat(events.get(0).data()).isEqualTo(Client.json("{\"tokens\":[\"o\",\"n\",\"c\",\"e\"]}"));
        assertThat(Event.text(events)).as("the same as without").isEqualTo(Event.text(events(client, json)));
        for (Event event : Event.tokens(events)) {
            JsonNode weights = event.data().path("attention");
            double sum = 0;
            for (JsonNode weight : weights) {
                sum += weight.asDouble();
            }
            assertThat(sum).isCloseTo(1, within(1e-3));
            seen.add(weights.size());
        }
        assertThat(seen.subList(0, 13)).containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        assertThat(seen.subList(13, 40))
                .as("when the context is full, a quarter is forgotten at once")
                .allSatisfy(places -> assertThat(places).isBetween(13, 16))
                .contains(13, 16);
    }

    @Test
    void theTokensOfThePromptAreThePrompt() {
        JsonNode tokens = events(ofBytes, "{\"prompt\":\"né\",\"max_tokens\":1,\"attention\":true}")
                .get(0)
                .data()
                .path("tokens");

        assertThat(tokens).isEqualTo(Client.json("[\"n\",\"\",\"é\"]"));
    }

    @Test
    void withoutASeedTextsDiffer() {
        String json = "{\"prompt\":\"a\",\"max_tokens\":40}";

        assertThat(Event.text(events(client, json))).isNotEqualTo(Event.text(events(client, json)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|prompt must be a string",
                "{\"prompt\":5}|prompt must be a string",
                "{\"prompt\":\"\"}|prompt is empty",
                "{\"prompt\":\"É\"}|prompt: char tokenizer: character 'É' (U+00C9) at position 0",
                "{\"prompt\":\"a\",\"max_tokens\":0}|max_tokens must be a whole number from 1 to 300",
                "{\"prompt\":\"a\",\"max_tokens\":301}|max_tokens must be a whole number from 1 to 300",
                "{\"prompt\":\"a\",\"max_tokens\":2.5}|max_tokens must be a whole number from 1 to 300",
                "{\"prompt\":\"a\",\"max_tokens\":\"9\"}|max_tokens must be a whole number from 1 to 300",
                "{\"prompt\":\"a\",\"temperature\":-1}|sampler: a temperature of -1.0 is not possible",
                "{\"prompt\":\"a\",\"temperature\":1e999}|temperature must be a number",
                "{\"prompt\":\"a\",\"top_k\":-1}|top_k must be a whole number from 0",
                "{\"prompt\":\"a\",\"top_p\":0}|sampler: topP is 0.0",
                "{\"prompt\":\"a\",\"repetition_penalty\":0.5}|sampler: a repetition penalty of 0.5",
                "{\"prompt\":\"a\",\"seed\":1e30}|seed must be a whole number",
                "{\"prompt\":\"a\",\"seed\":99999999999999999999}|seed must be a whole number",
                "{\"prompt\":\"a\",\"stop\":\"x\"}|stop must be a list of up to 16 strings",
                "{\"prompt\":\"a\",\"stop\":[\"\"]}|stop must be a list of up to 16 strings",
                "{\"prompt\":\"a\",\"stop\":[1]}|stop must be a list of up to 16 strings",
                "{\"prompt\":\"a\",\"stream\":1}|stream must be true or false",
                "{\"prompt\":\"a\",\"attention\":\"yes\"}|attention must be true or false",
                "{\"prompt\":\"a\",\"attention\":true,\"stream\":false}|ask for it with \\\"stream\\\": true",
                "{\"prompt\":\"a\",\"Temperature\":1}|there is no field \\\"Temperature\\\"; these are known: prompt,"
                        + " max_tokens",
            })
    void whatIsWrongIsNamed(String body, String message) {
        HttpResponse<String> answer = client.post("v1/generate", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void halfAPairOfSurrogatesIsNamedToo() {
        HttpResponse<String> prompt = client.post("v1/generate", "{\"prompt\":\"\\ud800\"}");
        HttpResponse<String> field = client.post("v1/generate", "{\"\\udc00\":1}");

        assertThat(prompt.statusCode()).isEqualTo(400);
        assertThat(Client.json(prompt).path("error").asText()).contains("prompt");
        assertThat(field.statusCode()).isEqualTo(400);
        assertThat(Client.json(field).path("error").asText()).contains("surrogate");
    }

    @Test
    void aPromptBeyondTheLimitIsRefused() {
        String longest = "a".repeat(100);

        assertThat(client.post("v1/generate", "{\"prompt\":\"" + longest + "a\"}")
                        .body())
                .contains("prompt has 101 characters, and at most 100 are taken");
        assertThat(events(client, "{\"prompt\":\"" + longest + "\",\"max_tokens\":3,\"attention\":true}"))
                .hasSize(5);
    }

    @Test
    void manyTextsAtATimeAreEachTheirOwn() {
        List<String> expected = IntStream.range(0, 12)
                .mapToObj(seed -> whole(client, request(seed)).path("text").asText())
                .toList();
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 12)
                .mapToObj(seed -> client.postLater("v1/generate", request(seed)))
                .toList();

        assertThat(answers.stream()
                        .map(answer -> Event.text(Event.all(answer.join().body())))
                        .toList())
                .isEqualTo(expected);
    }

    private static String request(int seed) {
        return "{\"prompt\":\"a\",\"max_tokens\":30,\"seed\":" + seed + "}";
    }
}
