package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of others, and names of others. */
class AccessRulesTest {
    private static ModelServer loopback;
    private static ModelServer named;

    @BeforeAll
    static void start() throws IOException {
        loopback = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0));
        named = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0).hostNames(Set.of("Models.example.org")));
    }

    @AfterAll
    static void stop() {
        loopback.close();
        named.close();
    }

    private static String status(ModelServer server, String headers) throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            String head = "GET /health HTTP/1.1\r\n" + headers.replace("; ", "\r\n") + "\r\nConnection: close\r\n\r\n";
            String answer = client.send(head).rest();
            if (answer.contains(" 403 ")) {
                assertThat(answer).contains("{\"error\":\"");
            }
            return answer.substring(9, 12);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host: localhost,200",
        "Host: LOCALHOST:1234,200",
        "Host: 127.0.0.1:8080,200",
        "Host: [::1]:8080,200",
        "Host: models.example.org,403",
        "Host: localhost.example.org,403",
        "Host: localhost:8080; Origin: http://localhost:8080,200",
        "Host: localhost:8080; Origin: http://localhost:3000,403",
        "Host: localhost:8080; Origin: http://127.0.0.1:8080,403",
        "Host: localhost:8080; Origin: https://example.org,403",
        "Host: localhost:8080; Origin: null,403",
        "Host: localhost:8080; Origin: ?{},403",
    })
    void aServerAtLoopbackAnswersInItsOwnNames(String headers, String status) throws IOException {
        assertThat(status(loopback, headers)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "Host: models.example.org,200",
        "Host: Models.Example.Org:443,200",
        "Host: other.example.org,403",
        "Host: models.example.org; Origin: https://models.example.org,200",
        "Host: localhost:8080; Origin: https://models.example.org,200",
        "Host: models.example.org; Origin: https://other.example.org,403",
    })
    void aProxyMayPassOnWhatComesInAnotherName(String headers, String status) throws IOException {
        assertThat(status(named, headers)).isEqualTo(status);
    }

    @Test
    void whoGivesNoNameIsNoBrowser() throws IOException {
        try (RawConnection client = new RawConnection(loopback)) {
            assertThat(client.send("GET /health HTTP/1.0\r\n\r\n").rest()).startsWith("HTTP/1.1 200");
        }
    }
}
