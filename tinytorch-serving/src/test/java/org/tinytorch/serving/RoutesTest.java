package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each route, and what is none. */
class RoutesTest {
    private static ModelServer digits;
    private static ModelServer letters;
    private static Client classifier;
    private static Client writer;

    @BeforeAll
    static void start() throws IOException {
        ServerOptions options = ServerOptions.defaults().port(0);
        digits = ModelServer.start("digits", Models.digits(), options);
        letters = ModelServer.start("letters", Models.letters(), options);
        classifier = new Client(digits);
        writer = new Client(letters);
    }

    @AfterAll
    static void stop() {
        digits.close();
        letters.close();
    }

    @Test
    void thePageMayLoadNothingFromElsewhere() {
        HttpResponse<String> page = classifier.get("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.body()).startsWith("<!doctype html>").contains("static/");
    }

    @Test
    void filesOfThePageAreServedByTheirTypes() {
        HttpResponse<String> style = classifier.get("static/style.css");

        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
        assertThat(style.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static/",
                "static/none.js",
                "static/.hidden.js",
                "static/main.js/",
                "static/ModelServer.class",
                "static/%2e%2e/openapi.json",
                "static/..%2fopenapi.json",
                "nothing",
                "v1/classify/",
                "V1/model"
            })
    void otherPathsAreNotThere(String path) {
        HttpResponse<String> answer = classifier.get(path);

        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(Client.json(answer).path("error").asText()).isNotBlank();
    }

    @Test
    void aClassifierIsDescribed() {
        JsonNode model = Client.json(classifier.get("v1/model"));

        assertThat(model).isEqualTo(Client.json("""
            {"name":"digits","kind":"image-classifier","parameters":650,
             "labels":["c0","c1","c2","c3","c4","c5","c6","c7","c8","c9"],
             "image":{"channels":1,"rows":8,"columns":8},"metrics":{"accuracy":0.98}}\
            """));
    }

    @Test
    void aLanguageModelIsDescribed() {
        JsonNode model = Client.json(writer.get("v1/model"));

        assertThat(model.path("parameters").asInt()).isPositive();
        assertThat(model)
                .isEqualTo(Client.json("""
                    {"name":"letters","kind":"language-model","parameters":%d,"layers":2,"heads":2,"width":16,
                     "context":16,"vocabulary":29,"metrics":{"loss":3.4}}\
                    """.formatted(model.path("parameters").asInt())));
    }

    @Test
    void whatTheModelDoesNotDoIsNotThereAndTheMessageSaysWhatItDoes() {
        HttpResponse<String> generate = classifier.post("v1/generate", "{}");
        HttpResponse<String> classify = writer.post("v1/classify", "{}");

        assertThat(generate.statusCode()).isEqualTo(404);
        assertThat(generate.body()).contains("this model classifies images; use /v1/classify");
        assertThat(classify.statusCode()).isEqualTo(404);
        assertThat(classify.body()).contains("this model writes texts; use /v1/generate");
    }

    @Test
    void itIsHealthy() {
        assertThat(classifier.get("health").statusCode()).isEqualTo(200);
        assertThat(classifier.get("health").body()).isEqualTo("{\"status\":\"up\"}");
    }

    static Stream<Route> routes() {
        return EnumSet.allOf(Route.class).stream();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anotherMethodIsRefusedWithThoseThatAreAllowed(Route route) {
        HttpResponse<String> answer = classifier.send(classifier
                .request(route.path().substring(1))
                .method("DELETE", BodyPublishers.noBody())
                .build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue(route.method().equals("GET") ? "GET, HEAD" : "POST");
        assertThat(Client.json(answer).path("error").asText()).contains("use " + route.method());
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            names = {"PAGE", "MODEL", "HEALTH", "OPENAPI", "METRICS"})
    void headIsGetWithoutTheBody(Route route) {
        String path = route.path().substring(1);
        HttpResponse<String> head = classifier.send(
                classifier.request(path).method("HEAD", BodyPublishers.noBody()).build());
        List<String> types = classifier.get(path).headers().allValues("Content-Type");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().allValues("Content-Type")).isEqualTo(types);
    }

    @Test
    void aQueryIsLeftAside() {
        assertThat(classifier.get("health?x=1").statusCode()).isEqualTo(200);
    }
}
