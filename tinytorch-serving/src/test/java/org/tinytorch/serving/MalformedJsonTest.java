package org.tinytorch.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a body, the answer is a status of the 400s with a reason in JSON, and the server goes on. */
class MalformedJsonTest {
    private static final String CLASSIFY = "/v1/classify";
    private static final String GENERATE = "/v1/generate";
    private static final String IMAGE = Client.grey(8, 8, 0.5);
    private static final String TEXT =
            "{\"prompt\":\"once\",\"max_tokens\":3,\"top_p\":0.9,\"stop\":[\".\"],\"stream\":false}";

    private static ModelServer classifier;
    private static ModelServer writer;
    private static RawConnection kept;

    @BeforeAll
    @BeforeContainer
    static void start() throws IOException {
        classifier = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0));
        writer = ModelServer.start(
                "letters", Models.letters(), ServerOptions.defaults().port(0));
        kept = new RawConnection(classifier);
    }

    @AfterAll
    @AfterContainer
    static void stop() throws IOException {
        kept.close();
        classifier.close();
        writer.close();
    }

    private static void refused(ModelServer server, String path, String latin1) throws IOException {
        RawConnection.Answer answer = RawConnection.ask(server, RawConnection.head(path, latin1.length()) + "\r\n" + latin1);

        assertThat(answer.status()).as(latin1).isBetween(400, 499);
        assertThat(answer.error()).isNotBlank();
        assertThat(RawConnection.ask(server, RawConnection.get("/health")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "null",
                "true",
                "7",
                "\"image\"",
                "[]",
                "{}",
                "{]",
                "{\"image\"}",
                "{\"image\":}",
                "{\"image\":,}",
                "{\"image\":null}",
                "{\"image\":7}",
                "{\"image\":{}}",
                "{\"image\":\"\"}",
                "{\"prompt\":}",
                "{\"prompt\":null}",
                "{\"prompt\":[\"a\"]}",
                "{\"prompt\":7}",
                "{prompt:\"a\"}",
                "{'prompt':'a'}",
                "{\"prompt\":\"a\"",
                "{\"prompt\":\"a}",
                "{\"prompt\":\"a\",}",
                "{\"prompt\":\"a\"}}",
                "{\"prompt\":\"a\"} {\"prompt\":\"a\"}",
                "{\"prompt\":\"a\"}x",
                "{\"prompt\":\"a\"/* no */}",
                "{\"prompt\":\"a\",\"prompt\":\"b\"}",
                "{\"prompt\":\"a\",\"Prompt\":\"b\"}",
                "{\"prompt\":\"a\",\"image\":[]}",
                "{\"prompt\":\"\\x\"}",
                "{\"prompt\":\"\\u12\"}",
                "{\"prompt\":\"a\nb\"}",
                "{\"prompt\":\"a\0b\"}",
                "{\"prompt\":\"\u00e4\"}",
                "{\"prompt\":\"\u00c0\u00af\"}",
                "{\"prompt\":\"\u00ed\u00a0\u0080\"}",
                "\u00ef\u00bb\u00bf{}",
                "\0{\0}",
                "\u00fe\u00ff\0{\0}"
            })
    void whatIsNotARequestIsRefused(String body) throws IOException {
        refused(classifier, CLASSIFY, body);
        refused(writer, GENERATE, body);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 1000, 100_000})
    void nestingHasAnEnd(int depth) throws IOException {
        for (String open : new String[] {"[", "{\"a\":"}) {
            refused(classifier, CLASSIFY, "{\"image\":" + open.repeat(depth));
            refused(writer, GENERATE, "{\"prompt\":" + open.repeat(depth));
        }
        refused(classifier, CLASSIFY, "{\"image\":" + "[".repeat(depth) + "0" + "]".repeat(depth) + "}");
        refused(
                writer,
                GENERATE,
                "{\"stop\":" + "[".repeat(depth) + "\"a\"" + "]".repeat(depth) + ",\"prompt\":\"a\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "nan",
                "Infinity",
                "-Infinity",
                "1e999",
                "-1e999",
                "-1",
                "1.0000001",
                "1e400000000",
                "0x1",
                "01",
                ".5",
                "1.",
                "+1",
                "- 1",
                "\"0\"",
                "null",
                "true",
                "[]",
                "{}",
                ""
            })
    void aPixelIsANumberFromZeroToOne(String pixel) throws IOException {
        refused(classifier, CLASSIFY, IMAGE.replaceFirst("0\\.5", pixel));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 100_000, 900_000})
    void aNumberHasAnEnd(int digits) throws IOException {
        refused(classifier, CLASSIFY, IMAGE.replaceFirst("0\\.5", "1".repeat(digits)));
        refused(classifier, CLASSIFY, IMAGE.replaceFirst("0\\.5", "0." + "1".repeat(digits)));
        refused(writer, GENERATE, "{\"prompt\":\"a\",\"seed\":" + "1".repeat(digits) + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"max_tokens\":0",
                "\"max_tokens\":-1",
                "\"max_tokens\":1.5",
                "\"max_tokens\":\"3\"",
                "\"max_tokens\":1001",
                "\"max_tokens\":99999999999999999999",
                "\"max_tokens\":null",
                "\"temperature\":-1",
                "\"temperature\":1e999",
                "\"temperature\":\"hot\"",
                "\"temperature\":NaN",
                "\"top_k\":-1",
                "\"top_k\":4294967296",
                "\"top_k\":0.5",
                "\"top_p\":-0.1",
                "\"top_p\":1.1",
                "\"top_p\":[]",
                "\"repetition_penalty\":0",
                "\"repetition_penalty\":-2",
                "\"stop\":\"a\"",
                "\"stop\":[1]",
                "\"stop\":[\"\"]",
                "\"stop\":{}",
                "\"stop\":[[]]",
                "\"seed\":0.5",
                "\"seed\":9223372036854775808",
                "\"seed\":\"1\"",
                "\"stream\":1",
                "\"stream\":\"no\"",
                "\"attention\":[]",
                "\"n\":2"
            })
    void eachFieldHasItsRange(String field) throws IOException {
        refused(writer, GENERATE, "{\"prompt\":\"a\"," + field + "}");
    }

    @Property(tries = 300)
    void anyBytes(@ForAll @Size(max = 400) byte[] body) throws IOException {
        String latin1 = new String(body, ISO_8859_1);
        refused(classifier, CLASSIFY, latin1);
        refused(writer, GENERATE, latin1);
    }

    /** Bytes of a good request are changed, taken out and put in; some of these are good requests, too. */
    @Property(tries = 500)
    void nearlyRight(
            @ForAll boolean image,
            @ForAll @IntRange(max = 2) int how,
            @ForAll @IntRange(max = 10_000) int where,
            @ForAll byte by)
            throws IOException {
        String good = image ? IMAGE : TEXT;
        int at = where % good.length();
        String changed = good.substring(0, at)
                + (how == 1 ? "" : String.valueOf((char) (by & 0xff)))
                + good.substring(how == 2 ? at : at + 1);
        RawConnection.Answer answer = RawConnection.ask(
                image ? classifier : writer,
                RawConnection.head(image ? CLASSIFY : GENERATE, changed.length()) + "\r\n" + changed);

        assertThat(answer.status())
                .as(changed)
                .satisfiesAnyOf(
                        s -> assertThat(s).isEqualTo(200), s -> assertThat(s).isBetween(400, 499));
        if (answer.status() != 200) {
            assertThat(answer.error()).isNotBlank();
        }
    }

    /** A body that is refused does not cost the connection: the next request on it is answered. */
    @Property(tries = 100)
    void onOneConnection(@ForAll @Size(max = 400) byte[] body) throws IOException {
        kept.send(RawConnection.head(CLASSIFY, body.length) + "\r\n").send(body);
        RawConnection.Answer answer = kept.answer();
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.error()).isNotBlank();
        assertThat(kept.send(RawConnection.post(CLASSIFY, IMAGE)).answer().status()).isEqualTo(200);
    }
}
