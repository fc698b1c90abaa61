package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytorch.tensor.Shape;

/** An image that the model does not take is refused with the place where it differs. */
class WrongShapesTest {
    private static ModelServer server;

    @BeforeAll
    static void start() throws IOException {
        server = ModelServer.start(
                "small",
                Models.classifier(Shape.of(1, 2, 3), 4),
                ServerOptions.defaults().port(0));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawConnection.Answer classify(String image) throws IOException {
        return RawConnection.ask(server, RawConnection.post("/v1/classify", "{\"image\":" + image + "}"));
    }

    @Test
    void theRightShapeIsTaken() throws IOException {
        assertThat(classify("[[[0,0.5,1],[1,0,1]]]").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                | image ",
                "[[],[]]                           | image ",
                "[[[0,0,0],[0,0,0]],[[0,0,0],[0,0,0]]] | image ",
                "[[]]                              | image[0] ",
                "[[[0,0,0]]]                       | image[0] ",
                "[[[0,0,0],[0,0,0],[0,0,0]]]       | image[0] ",
                "[[[0,0],[0,0],[0,0]]]             | image[0] ",
                "[[[0,0,0],[0,0]]]                 | image[0][1] ",
                "[[[0,0,0,0],[0,0,0]]]             | image[0][0] ",
                "[[[0,0,0],[]]]                    | image[0][1] ",
                "[[[0,0,0],0]]                     | image[0][1] ",
                "[[[0,0,0],null]]                  | image[0][1] ",
                "[[0,0,0],[0,0,0]]                 | image ",
                "[0,0,0,0,0,0]                     | image ",
                "[[[0,0,0],[0,[0],0]]]             | image[0][1][1] ",
                "[[[0,0,0],[0,{},0]]]              | image[0][1][1] ",
                "[[[[0],[0],[0]],[[0],[0],[0]]]]   | image[0][0][0] "
            })
    void anotherOneIsRefusedWithThePlace(String image, String place) throws IOException {
        RawConnection.Answer answer = classify(image);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith(place + " must be ");
    }
}
