package org.tinytorch.milestones.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @Test
    void isReadFromAnAddress() {
        assertThat(Endpoint.of("http://127.0.0.1:8080")).isEqualTo(new Endpoint("127.0.0.1", 8080));
        assertThat(Endpoint.of("http://localhost/")).isEqualTo(new Endpoint("localhost", 80));
        assertThat(Endpoint.of("HTTP://[::1]:9")).isEqualTo(new Endpoint("[::1]", 9));
        assertThat(Endpoint.of("http://[::1]:9")).hasToString("[::1]:9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:8080",
                "https://localhost:8443",
                "http://",
                "http://a b",
                "http://localhost:8080/v1/classify",
                "http://localhost:8080?x",
                "http://me@localhost:8080"
            })
    void anotherTextIsRefused(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.of(address))
                .withMessageContaining("'" + address + "'")
                .withMessageContaining("such as http://127.0.0.1:8080");
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.of("http://localhost:65536"))
                .withMessageContaining("localhost:65536");
    }

    @Test
    void knowsThisMachine() throws UnknownHostException {
        assertThat(new Endpoint("127.0.0.1", 1).loopback()).isTrue();
        assertThat(new Endpoint("127.9.9.9", 1).loopback()).isTrue();
        assertThat(new Endpoint("[::1]", 1).loopback()).isTrue();
        assertThat(new Endpoint("192.0.2.1", 1).loopback()).isFalse();
        assertThat(new Endpoint("0.0.0.0", 1).loopback()).isFalse();
    }
}
